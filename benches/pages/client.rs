//! The load: connections that stay open and ask again as soon as they are answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::Fallible;

/// The request of a turn. Turns are counted over all connections, so that every request can be another.
pub type Request = Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync>;

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    /// Where a redirect leads.
    pub location: Option<String>,
    pub body: Vec<u8>,
}

/// One open connection.
pub struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Wire {
    pub async fn open(address: SocketAddr) -> Fallible<Wire> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Wire { stream, buffer: Vec::with_capacity(128 * 1024) })
    }

    /// Sends a request and reads the whole answer.
    pub async fn ask(&mut self, request: &[u8]) -> Fallible<Reply> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the connection was closed in the middle of an answer".into());
            }
            let Some(head) = Head::read(&self.buffer) else { continue };
            while self.buffer.len() < head.ends + head.length {
                if self.stream.read_buf(&mut self.buffer).await? == 0 {
                    return Err("the connection was closed in the middle of a page".into());
                }
            }
            let body = self.buffer.get(head.ends..).unwrap_or_default().to_vec();
            return Ok(Reply { status: head.status, location: head.location, body });
        }
    }
}

/// The first lines of an answer.
struct Head {
    status: u16,
    location: Option<String>,
    /// Where the body begins.
    ends: usize,
    length: usize,
}

impl Head {
    /// `None` while it is not all there.
    fn read(bytes: &[u8]) -> Option<Head> {
        let ends = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        let head = String::from_utf8_lossy(bytes.get(..ends)?);
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let value = |wanted: &str| {
            let fields = head.lines().filter_map(|line| line.split_once(':'));
            fields
                .filter(|(name, _)| name.eq_ignore_ascii_case(wanted))
                .map(|(_, value)| value.trim())
                .next()
        };
        let length = value("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
        Some(Head { status, location: value("location").map(str::to_owned), ends, length })
    }
}

/// Whom to ask what.
#[derive(Clone)]
pub struct Target {
    pub address: SocketAddr,
    pub request: Request,
    turn: Arc<AtomicU64>,
}

impl Target {
    pub fn new(address: SocketAddr, request: Request) -> Target {
        Target { address, request, turn: Arc::default() }
    }

    /// How many requests were sent so far.
    pub fn turns(&self) -> u64 {
        self.turn.load(Ordering::Relaxed)
    }

    fn next(&self) -> Vec<u8> {
        (self.request)(self.turn.fetch_add(1, Ordering::Relaxed))
    }
}

/// What a stretch of load gave.
#[derive(Clone, Debug, Default)]
pub struct Load {
    /// Times of all good answers.
    pub times: Vec<Duration>,
    pub took: Duration,
    /// The first answer that was not good, and how many there were.
    pub n_bad: u64,
    pub bad: Option<String>,
}

impl Load {
    pub fn per_second(&self) -> f64 {
        let n_good = u32::try_from(self.times.len()).unwrap_or(u32::MAX);
        f64::from(n_good) / self.took.as_secs_f64().max(f64::EPSILON)
    }
}

/// Loads a target for a while.
pub async fn load(target: &Target, n_connections: usize, time: Duration) -> Fallible<Load> {
    let mut connections = JoinSet::new();
    for _ in 0..n_connections {
        let wire = Wire::open(target.address).await?;
        connections.spawn(turns(wire, target.clone(), Instant::now() + time));
    }
    let begin = Instant::now();
    let mut all = Load::default();
    while let Some(ended) = connections.join_next().await {
        let one = ended??;
        all.times.extend(one.times);
        all.n_bad += one.n_bad;
        all.bad = all.bad.or(one.bad);
    }
    all.took = begin.elapsed();
    Ok(all)
}

async fn turns(mut wire: Wire, target: Target, end: Instant) -> Fallible<Load> {
    let mut all = Load::default();
    while Instant::now() < end {
        let request = target.next();
        let begin = Instant::now();
        let reply = wire.ask(&request).await?;
        if reply.status == 200 {
            all.times.push(begin.elapsed());
        } else {
            all.n_bad += 1;
            all.bad.get_or_insert_with(|| describe(&reply));
        }
    }
    Ok(all)
}

fn describe(reply: &Reply) -> String {
    let text: String = String::from_utf8_lossy(&reply.body).chars().take(200).collect();
    format!("{} {text}", reply.status)
}
