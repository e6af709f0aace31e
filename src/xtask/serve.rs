//! A static file server for this machine alone: GET and HEAD, right types, nothing cached unless it is asked for.
//!
//! The browser tests use it too, and have the browser reach everything through it as through a
//! proxy: what would go to another host is refused and written down.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tiny_http::{Header, Method, Request, Response};

/// Requests that are answered at the same time.
const THREADS: usize = 4;

/// Every request so far as `GET /path` or, to another host, `GET http://host/path`.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn write(&self, line: String) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(line);
    }

    /// What was asked for so far, in order.
    pub fn read(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A bound server.
pub struct Server {
    server: tiny_http::Server,
    address: SocketAddr,
    folder: PathBuf,
    log: Option<Log>,
    fresh: bool,
    plain: bool,
}

impl Server {
    /// Binds 127.0.0.1:`port` (0: any free one) for the files in `folder`.
    pub fn bind(folder: &Path, port: u16) -> Result<Server, String> {
        let folder = folder.canonicalize().map_err(|e| format!("{}: {e}", folder.display()))?;
        let server = tiny_http::Server::http((Ipv4Addr::LOCALHOST, port)).map_err(|e| {
            format!("cannot serve on 127.0.0.1:{port}: {e}. Choose another with --port N")
        })?;
        let address = server.server_addr().to_ip().ok_or("the server has no address")?;
        Ok(Server { server, address, folder, log: None, fresh: false, plain: false })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The same, writing down every request.
    pub fn logging(mut self, log: Log) -> Server {
        self.log = Some(log);
        self
    }

    /// The same, for a developer: the page's service worker is told to look here first, and into what it
    /// keeps only when nobody answers.
    pub fn fresh(mut self) -> Server {
        self.fresh = true;
        self
    }

    /// The same without a word on caching, as plain hosts answer.
    pub fn plain(mut self) -> Server {
        self.plain = true;
        self
    }

    /// Serves until the process ends.
    pub fn run(self) -> Result<(), String> {
        let turn = Mutex::new(());
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    while let Some(request) = self.next_request(&turn) {
                        // A client that went away is no news.
                        let _ = self.respond_to(request);
                    }
                });
            }
        });
        Err("the server has stopped".to_owned())
    }

    /// Waits for a request and writes it down, one thread after the other: so the log has their order.
    fn next_request(&self, turn: &Mutex<()>) -> Option<Request> {
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        let request = self.server.recv().ok()?;
        if let Some(log) = &self.log {
            log.write(format!("{} {}", request.method(), self.target_of(&request)));
        }
        Some(request)
    }

    /// What is asked for, without our own address before it.
    fn target_of<'a>(&self, request: &'a Request) -> &'a str {
        let target = request.url();
        let own = target.strip_prefix("http://");
        own.and_then(|rest| rest.strip_prefix(&self.address.to_string())).unwrap_or(target)
    }

    fn respond_to(&self, request: Request) -> std::io::Result<()> {
        let target = self.target_of(&request);
        let (status, kind, mut body) = answer_request(request.method(), target, &self.folder);
        if self.fresh && target == "/sw.js" {
            body.splice(0..0, *b"self.FRESH = true;\n");
        }
        let headers = [
            ("Content-Type", kind),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
        ];
        // The length is known, so that nothing is sent in chunks.
        let mut response =
            Response::from_data(body).with_status_code(status).with_chunked_threshold(usize::MAX);
        let sent = headers.iter().filter(|(name, _)| !self.plain || *name != "Cache-Control");
        for header in sent.filter_map(|(name, value)| Header::from_bytes(*name, *value).ok()) {
            response.add_header(header);
        }
        request.respond(response)
    }
}

const PLAIN: &str = "text/plain; charset=utf-8";

/// Status, type and body of one request.
fn answer_request(method: &Method, target: &str, folder: &Path) -> (u16, &'static str, Vec<u8>) {
    if !matches!(method, Method::Get | Method::Head) {
        return (405, PLAIN, b"GET or HEAD only\n".to_vec());
    }
    if !target.starts_with('/') {
        return (403, PLAIN, b"this page alone\n".to_vec());
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let found = percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .ok()
        .filter(|path| {
            let mut parts = path.split('/');
            parts.all(|part| part != ".." && !part.contains(['\\', '\0']))
        })
        .map(|path| folder.join(path.trim_start_matches('/')))
        .map(|file| if file.is_dir() { file.join("index.html") } else { file })
        .and_then(|file| file.canonicalize().ok())
        // A link out of the folder is not followed.
        .filter(|file| file.starts_with(folder))
        .and_then(|file| fs::read(&file).ok().map(|bytes| (media_type(&file), bytes)));
    match found {
        Some((kind, bytes)) => (200, kind, bytes),
        None => (404, PLAIN, b"not found\n".to_vec()),
    }
}

/// The media type by the file's ending.
fn media_type(file: &Path) -> &'static str {
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
    use std::io::{Read, Write};
    use std::net::TcpStream;

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
            answer_request(&Method::Get, "/?x=1", &site),
            (200, "text/html; charset=utf-8", b"<p>start".to_vec())
        );
        assert_eq!(
            answer_request(&Method::Get, "/sub/a%20b.wasm", &site),
            (200, "application/wasm", b"\0asm".to_vec())
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
            assert_eq!(answer_request(&Method::Get, target, &site).0, 404, "{target}");
        }
        assert_eq!(answer_request(&Method::Post, "/", &site).0, 405);
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
