//! Whether a SIP request over TLS is answered: any response is proof, whatever its status.

use super::line::Line;
use super::patience::{OPTIONS, Over, Patience, ms_since};
use super::sip::Got;
use super::{Code, Step, StepName};
use std::time::Instant;
use tokio::io::{AsyncRead, AsyncWrite};

/// Asks the server what it can do.
pub async fn ask<S: AsyncRead + AsyncWrite + Unpin>(
    line: &mut Line<S>,
    patience: Patience,
) -> Step {
    let begin = Instant::now();
    let got = patience.within(OPTIONS, line.options()).await;
    judge(got).took(ms_since(begin))
}

fn judge(got: Result<Got, Over>) -> Step {
    let step = |code, detail: String| Step::new(StepName::Options, code, detail);
    match got {
        Ok(Got::Response(found)) => step(Code::OptionsAnswered, found.told())
            .arg("status", found.status)
            .arg("software", found.software.unwrap_or_default()),
        Ok(Got::NotSip(words)) => {
            step(Code::OptionsNotSip, format!("what came is no SIP: {words}"))
        }
        Ok(Got::Closed(words)) => {
            let detail = format!("the server hung up without an answer: {words}");
            step(Code::OptionsClosed, detail)
        }
        Err(over) => step(Code::OptionsSilent, format!("no answer {}", over.words())),
    }
}
