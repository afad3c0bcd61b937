//! A call as Meta would make it, given up at the first sign that it was taken. It may ring somewhere, so it is made
//! only when asked for.

use super::line::Line;
use super::patience::{INVITE, Over, Patience, ms_since};
use super::question::Invite;
use super::sip::{Got, Method, Response, sdp};
use super::{Code, Step, StepName};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite};

/// How long the end of a call that was given up is waited for.
const END: Duration = Duration::from_millis(500);

/// Who is called where no number was given: a name that no server knows.
const NOBODY: &str = "thoth-trunk-check";

/// Makes the call.
pub async fn call<S: AsyncRead + AsyncWrite + Unpin>(
    line: &mut Line<S>,
    invite: &Invite,
    patience: Patience,
) -> Step {
    let begin = Instant::now();
    let user = match &invite.number {
        Some(number) => format!("+{number}"),
        None => NOBODY.to_owned(),
    };
    line.dial(&user);
    let got = patience.within(INVITE, first_word(line)).await;
    let is_under_way = match &got {
        Ok(Got::Response(found)) => found.status < 200,
        Err(_) => true,
        Ok(Got::NotSip(_) | Got::Closed(_)) => false,
    };
    if is_under_way {
        // Whoever does not hear it lets the call run out by itself.
        let _ = patience.within(END, give_up(line)).await;
    }
    judge(got, invite).took(ms_since(begin))
}

/// Calls, and waits for the first answer that says more than "trying".
async fn first_word<S: AsyncRead + AsyncWrite + Unpin>(line: &mut Line<S>) -> Got {
    let key: [u8; 30] = rand::random();
    let offer = sdp(line.local(), &STANDARD.encode(key));
    if let Err(error) = line.send(Method::Invite, None, false, &offer).await {
        return Got::Closed(error);
    }
    loop {
        match line.listen(Method::Invite).await {
            Got::Response(found) if found.status == 100 => {}
            Got::Response(found) => {
                if let Err(error) = settle(line, &found).await {
                    tracing::debug!(error, "A trunk check's call could not be ended");
                }
                return Got::Response(found);
            }
            other => return other,
        }
    }
}

/// What the standard wants after a final answer: it is acknowledged, and a call that was taken is ended.
async fn settle<S: AsyncRead + AsyncWrite + Unpin>(
    line: &mut Line<S>,
    found: &Response,
) -> Result<(), String> {
    let answer = Some(found);
    match found.status {
        ..200 => Ok(()),
        200..300 => {
            line.send(Method::Ack, answer, true, "").await?;
            line.send(Method::Bye, answer, true, "").await
        }
        300.. => line.send(Method::Ack, answer, false, "").await,
    }
}

async fn give_up<S: AsyncRead + AsyncWrite + Unpin>(line: &mut Line<S>) -> Result<(), String> {
    line.send(Method::Cancel, None, false, "").await?;
    while let Got::Response(found) = line.listen(Method::Invite).await {
        settle(line, &found).await?;
        if found.status >= 200 {
            break;
        }
    }
    Ok(())
}

fn judge(got: Result<Got, Over>, invite: &Invite) -> Step {
    let step = |code, detail: String| {
        Step::new(
            StepName::Invite,
            code,
            format!("a call was tried: {detail}"),
        )
    };
    let found = match got {
        Ok(Got::Response(found)) => found,
        Ok(Got::NotSip(words)) => {
            return step(Code::InviteNotSip, format!("what came is no SIP: {words}"));
        }
        Ok(Got::Closed(words)) => {
            return step(Code::InviteClosed, format!("the server hung up: {words}"));
        }
        Err(over) => return step(Code::InviteSilent, format!("no answer {}", over.words())),
    };
    let code = match (found.status, &invite.number) {
        (401 | 407, _) => Code::InviteChallenged,
        // Somebody was reached: it rings, was taken, is busy, away or declines.
        (101..300 | 480 | 486 | 600 | 603, _) => Code::InviteTaken,
        (415 | 488 | 606, _) => Code::InviteMedia,
        (_, Some(_)) => Code::InviteRefused,
        (_, None) => Code::InviteUnclear,
    };
    step(code, found.told()).arg("status", found.status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    async fn called(answer: &'static str, number: Option<&str>) -> (Code, String) {
        let (ours, mut theirs) = tokio::io::duplex(64 * 1024);
        let host = crate::calls::trunk::Host::parse("sip.example.com").unwrap();
        let mut line = Line::new(ours, "192.0.2.7:4000".parse().unwrap(), &host, 5061, "TLS");
        theirs.write_all(answer.as_bytes()).await.unwrap();
        let invite = Invite {
            number: number.map(str::to_owned),
        };
        let step = call(&mut line, &invite, Patience::of(Duration::from_millis(200))).await;
        drop(line);
        let mut said = String::new();
        theirs.read_to_string(&mut said).await.unwrap();
        let said = said.lines().filter(|line| line.ends_with(" SIP/2.0"));
        let said: Vec<&str> = said.map(|line| line.split(' ').next().unwrap()).collect();
        (step.code, said.join(" "))
    }

    #[tokio::test]
    async fn every_call_is_ended_as_it_should_be() {
        let answers = [
            ("401 Unauthorized", Code::InviteChallenged, "INVITE ACK"),
            ("200 OK", Code::InviteTaken, "INVITE ACK BYE"),
            ("180 Ringing", Code::InviteTaken, "INVITE CANCEL"),
            ("488 Not Acceptable Here", Code::InviteMedia, "INVITE ACK"),
            ("404 Not Found", Code::InviteUnclear, "INVITE ACK"),
        ];
        for (status, code, said) in answers {
            let answer = format!("SIP/2.0 {status}\r\nCSeq: 1 INVITE\r\nTo: <x>;tag=t\r\n\r\n");
            let found = called(answer.leak(), None).await;
            assert_eq!(found, (code, said.to_owned()), "{status}");
        }
        let missing = "SIP/2.0 404 Not Found\r\nCSeq: 1 INVITE\r\n\r\n";
        assert_eq!(called(missing, Some("77")).await.0, Code::InviteRefused);
        assert_eq!(called("", None).await.0, Code::InviteSilent);
    }
}
