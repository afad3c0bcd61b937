//! From the words of the environment to values, or what they should have been.

use super::LogFormat;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use url::Url;

/// What a value should be, as the end of "it should be ...".
pub(super) type ShouldBe = &'static str;

pub(super) fn listen(words: &str) -> Result<SocketAddr, ShouldBe> {
    words
        .parse()
        .map_err(|_| "an IP address and a port, for example 127.0.0.1:3000 or 0.0.0.0:80")
}

/// The address a browser on this machine would use for a listening socket.
pub(super) fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

pub(super) fn base_url(words: &str) -> Result<Url, ShouldBe> {
    const SHOULD_BE: ShouldBe =
        "an http or https address without query, for example https://thoth.example.com";
    let url = Url::parse(words).map_err(|_| SHOULD_BE)?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if plain { Ok(url) } else { Err(SHOULD_BE) }
}

pub(super) fn database_url(words: &str) -> Result<String, ShouldBe> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    if known.iter().any(|scheme| words.starts_with(scheme)) {
        Ok(words.to_owned())
    } else {
        Err("sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME")
    }
}

pub(super) fn graph_version(words: &str) -> Result<String, ShouldBe> {
    let number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    match words
        .strip_prefix('v')
        .and_then(|rest| rest.split_once('.'))
    {
        Some((major, minor)) if number(major) && number(minor) => Ok(words.to_owned()),
        Some(_) | None => Err("a version as in Graph API paths, for example v25.0"),
    }
}

pub(super) fn yes_or_no(words: &str) -> Result<bool, ShouldBe> {
    match words.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "on" => Ok(true),
        "false" | "no" | "0" | "off" => Ok(false),
        _ => Err("true or false"),
    }
}

pub(super) fn log_format(words: &str) -> Result<LogFormat, ShouldBe> {
    match words.to_ascii_lowercase().as_str() {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("text or json"),
    }
}

pub(super) fn log_filter(words: &str) -> Result<String, ShouldBe> {
    match tracing_subscriber::EnvFilter::try_new(words) {
        Ok(_) => Ok(words.to_owned()),
        Err(_) => Err("log levels, for example info or thoth=debug,info"),
    }
}

pub(super) fn seconds(words: &str) -> Result<Duration, ShouldBe> {
    match words.parse::<f64>() {
        Ok(count) if (0.0..=3600.0).contains(&count) => Ok(Duration::from_secs_f64(count)),
        Ok(_) | Err(_) => Err("a number of seconds from 0 to 3600"),
    }
}

/// Long enough for several signs of life, short enough for somebody who waits.
pub(super) fn lease(words: &str) -> Result<Duration, ShouldBe> {
    match words.parse::<f64>() {
        Ok(count) if (3.0..=600.0).contains(&count) => Ok(Duration::from_secs_f64(count)),
        Ok(_) | Err(_) => Err("a number of seconds from 3 to 600"),
    }
}

/// A folder's name: any path, as long as there is one.
pub(super) fn folder(words: &str) -> Result<std::path::PathBuf, ShouldBe> {
    if words.contains('\0') {
        Err("the path of a folder")
    } else {
        Ok(words.into())
    }
}
