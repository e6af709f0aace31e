//! A static file server for this machine alone: GET and HEAD, right types, nothing cached.
//!
//! The browser tests use it too, and have the browser reach everything through it as through a
//! proxy: what would go to another host is refused and written down.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A request's first line and headers may take this many bytes.
const LONGEST_REQUEST: u64 = 64 * 1024;
/// A silent client is let go after this time.
const PATIENCE: Duration = Duration::from_secs(30);

/// Every request so far as `GET /path` or, to another host, `GET http://host/path`.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn write(&self, line: String) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(line);
    }

    /// What was asked for so far, in order.
    #[allow(dead_code, reason = "read by the browser tests")]
    pub fn read(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A bound server.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    folder: Arc<PathBuf>,
    log: Option<Log>,
    fresh: bool,
}

impl Server {
    /// Binds 127.0.0.1:`port` (0: any free one) for the files in `folder`.
    pub fn bind(folder: &Path, port: u16) -> Result<Server, String> {
        let folder = folder.canonicalize().map_err(|e| format!("{}: {e}", folder.display()))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|e| {
            format!("cannot serve on 127.0.0.1:{port}: {e}. Choose another with --port N")
        })?;
        let address = listener.local_addr().map_err(|e| e.to_string())?;
        Ok(Server { listener, address, folder: Arc::new(folder), log: None, fresh: false })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same, writing down every request.
    #[allow(dead_code, reason = "used by the browser tests")]
    pub fn logging(mut self, log: Log) -> Server {
        self.log = Some(log);
        self
    }

    /// The same, for a developer: the page's service worker is told to look here first, and into what it
    /// keeps only when nobody answers.
    #[allow(dead_code, reason = "used by xtask")]
    pub fn fresh(mut self) -> Server {
        self.fresh = true;
        self
    }

    /// Serves until the process ends; a thread for each connection.
    pub fn run(self) -> Result<(), String> {
        for stream in self.listener.incoming() {
            let Ok(stream) = stream else { continue };
            let folder = Arc::clone(&self.folder);
            let log = self.log.clone();
            let origin = format!("http://{}", self.address);
            let fresh = self.fresh;
            std::thread::spawn(move || {
                // A client that went away is no news.
                let _ = answer_all(&stream, &folder, &origin, fresh, log.as_ref());
            });
        }
        Ok(())
    }
}

/// Answers a connection's requests one after the other.
fn answer_all(
    stream: &TcpStream,
    folder: &Path,
    origin: &str,
    fresh: bool,
    log: Option<&Log>,
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut head = String::new();
        let mut limited = (&mut reader).take(LONGEST_REQUEST);
        loop {
            let before = head.len();
            if limited.read_line(&mut head)? == 0 {
                return Ok(());
            }
            if matches!(&head[before..], "\r\n" | "\n") {
                break;
            }
        }
        let close = head.to_ascii_lowercase().contains("\nconnection: close");
        let mut words = head.split_whitespace();
        let method = words.next().unwrap_or_default();
        let target = words.next().unwrap_or_default();
        let target = target.strip_prefix(origin).unwrap_or(target);
        if let Some(log) = log {
            log.write(format!("{method} {target}"));
        }
        let (status, kind, mut body) = answer(method, target, folder);
        if fresh && target == "/sw.js" {
            body.splice(0..0, *b"self.FRESH = true;\n");
        }
        let mut response = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
             Referrer-Policy: no-referrer\r\n\r\n",
            body.len()
        )
        .into_bytes();
        if method != "HEAD" {
            response.extend(body);
        }
        (&mut &*stream).write_all(&response)?;
        if close {
            return Ok(());
        }
    }
}

const PLAIN: &str = "text/plain; charset=utf-8";

/// Status, type and body of one request.
fn answer(method: &str, target: &str, folder: &Path) -> (&'static str, &'static str, Vec<u8>) {
    if !matches!(method, "GET" | "HEAD") {
        return ("405 Method Not Allowed", PLAIN, b"GET or HEAD only\n".to_vec());
    }
    if !target.starts_with('/') {
        return ("403 Forbidden", PLAIN, b"this page alone\n".to_vec());
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let found = decoded(path)
        .filter(|path| {
            let mut parts = path.split('/');
            parts.all(|part| part != ".." && !part.contains('\\'))
        })
        .map(|path| folder.join(path.trim_start_matches('/')))
        .map(|file| if file.is_dir() { file.join("index.html") } else { file })
        .and_then(|file| file.canonicalize().ok())
        // A link out of the folder is not followed.
        .filter(|file| file.starts_with(folder))
        .and_then(|file| fs::read(&file).ok().map(|bytes| (kind(&file), bytes)));
    match found {
        Some((kind, bytes)) => ("200 OK", kind, bytes),
        None => ("404 Not Found", PLAIN, b"not found\n".to_vec()),
    }
}

/// `path` with %XX undone; `None` when that is not UTF-8.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |b: Option<u8>| char::from(b?).to_digit(16);
            let value = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

/// The media type by the file's ending.
fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => PLAIN,
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own in the system's temporary one, gone afterwards.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path =
                std::env::temp_dir().join(format!("galley-serve-{name}-{}", std::process::id()));
            fs::create_dir_all(path.join("site/sub")).unwrap();
            fs::write(path.join("secret.txt"), "secret").unwrap();
            fs::write(path.join("site/index.html"), "<p>start").unwrap();
            fs::write(path.join("site/sub/a b.wasm"), "\0asm").unwrap();
            Folder(path.canonicalize().unwrap())
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn files_are_found_with_their_types() {
        let folder = Folder::new("found");
        let site = folder.0.join("site");
        assert_eq!(
            answer("GET", "/?x=1", &site),
            ("200 OK", "text/html; charset=utf-8", b"<p>start".to_vec())
        );
        assert_eq!(
            answer("GET", "/sub/a%20b.wasm", &site),
            ("200 OK", "application/wasm", b"\0asm".to_vec())
        );
    }

    #[test]
    fn nothing_outside_the_folder_is_given() {
        let folder = Folder::new("outside");
        let site = folder.0.join("site");
        for target in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/sub/..%2f..%2fsecret.txt",
            "//etc/passwd",
            "/%",
            "/%ff",
            "/none",
        ] {
            assert_eq!(answer("GET", target, &site).0, "404 Not Found", "{target}");
        }
        assert_eq!(answer("POST", "/", &site).0, "405 Method Not Allowed");
    }

    #[test]
    fn a_connection_carries_several_requests() {
        let folder = Folder::new("connection");
        let log = Log::default();
        let server = Server::bind(&folder.0.join("site"), 0).unwrap();
        let server = server.logging(log.clone());
        let address = server.address();
        std::thread::spawn(move || server.run());
        let mut stream = TcpStream::connect(address).unwrap();
        stream
            .write_all(b"GET http://example.com/ HTTP/1.1\r\n\r\nHEAD / HTTP/1.1\r\n\r\nGET /none HTTP/1.1\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        assert_eq!(log.read(), ["GET http://example.com/", "HEAD /", "GET /none"]);
        assert!(all.starts_with("HTTP/1.1 403 Forbidden\r\n"), "{all}");
        assert!(all.contains("\nHTTP/1.1 200 OK\r\n"), "{all}");
        assert!(all.contains("Content-Length: 8\r\n"), "{all}");
        assert!(!all.contains("<p>start"), "{all}");
        assert!(all.ends_with("not found\n"), "{all}");
    }
}
