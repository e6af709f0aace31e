//! A file that is written beside its place and moved there when it is whole.
//!
//! Owns the name `NAME.partial`, the move, and what of an unfinished file may be gone on from. Must not know formats.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Bytes that are read at once when the last line end of a file is looked for.
const TAIL_BYTES: u64 = 1 << 16;

/// A file under way: `NAME.partial` until [`PartialFile::complete`] gives it its name. Until then a
/// file that had the name stays as it was.
pub(crate) struct PartialFile {
    /// Where it goes.
    path: PathBuf,
    /// Where it is.
    partial: PathBuf,
    writer: BufWriter<File>,
}

impl PartialFile {
    /// Starts an empty one.
    ///
    /// # Errors
    /// Of the system.
    pub(crate) fn create(path: &Path) -> io::Result<PartialFile> {
        let (path, partial) = places(path);
        let file = File::create(&partial)?;
        Ok(PartialFile { path, partial, writer: BufWriter::new(file) })
    }

    /// Goes on with what an earlier run left: its unfinished file, else the finished one, else an empty
    /// one. A last line without an end is cut off.
    ///
    /// # Errors
    /// Of the system.
    pub(crate) fn resume(path: &Path) -> io::Result<PartialFile> {
        let (path, partial) = places(path);
        if !partial.exists() && path.exists() {
            // A copy that was cut short must not be taken for an unfinished file the next time.
            if let Err(error) = std::fs::copy(&path, &partial) {
                let _ = std::fs::remove_file(&partial);
                return Err(error);
            }
        }
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&partial)?;
        let whole = length_of_whole_lines(&mut file)?;
        file.set_len(whole)?;
        file.seek(SeekFrom::End(0))?;
        Ok(PartialFile { path, partial, writer: BufWriter::new(file) })
    }

    /// The lines that are there already.
    ///
    /// # Errors
    /// Of the system.
    pub(crate) fn lines(&self) -> io::Result<io::Split<BufReader<File>>> {
        Ok(BufReader::with_capacity(1 << 16, File::open(&self.partial)?).split(b'\n'))
    }

    /// Where the file is while it is not whole.
    pub(crate) fn partial_path(&self) -> &Path {
        &self.partial
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// Of the system; the unfinished file is then gone.
    pub(crate) fn complete(mut self) -> io::Result<()> {
        let written = self.writer.flush().and_then(|()| {
            // Windows will not move an open file, and a full disk may tell only now.
            self.writer.get_ref().sync_all()
        });
        let PartialFile { path, partial, writer } = self;
        drop(writer.into_parts());
        let done = written.and_then(|()| std::fs::rename(&partial, path));
        if done.is_err() {
            let _ = std::fs::remove_file(&partial);
        }
        done
    }

    /// Leaves the whole lines under the unfinished file's name; true if there are any.
    pub(crate) fn keep_whole_lines(mut self) -> bool {
        let _ = self.writer.flush();
        let PartialFile { partial, writer, .. } = self;
        // What could not be flushed is not written again when the writer goes.
        drop(writer.into_parts());
        let cut = || -> io::Result<u64> {
            let mut file = OpenOptions::new().read(true).write(true).open(&partial)?;
            let whole = length_of_whole_lines(&mut file)?;
            file.set_len(whole)?;
            Ok(whole)
        };
        let kept = cut().is_ok_and(|whole| whole > 0);
        if !kept {
            let _ = std::fs::remove_file(&partial);
        }
        kept
    }

    /// Takes the unfinished file away.
    pub(crate) fn discard(self) {
        let PartialFile { partial, writer, .. } = self;
        drop(writer.into_parts());
        let _ = std::fs::remove_file(partial);
    }
}

impl Write for PartialFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Writes a file as a whole, or leaves what was there.
///
/// # Errors
/// Of the system.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = PartialFile::create(path)?;
    match file.write_all(bytes) {
        Ok(()) => file.complete(),
        Err(error) => {
            file.discard();
            Err(error)
        }
    }
}

/// The file that is meant (a link's target), and where it stands until it is whole.
fn places(path: &Path) -> (PathBuf, PathBuf) {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    let partial = path.with_file_name(name);
    (path, partial)
}

/// Bytes up to and with the last line end.
fn length_of_whole_lines(file: &mut File) -> io::Result<u64> {
    let mut end = file.metadata()?.len();
    let mut tail = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(TAIL_BYTES);
        tail.clear();
        file.seek(SeekFrom::Start(start))?;
        Read::by_ref(file).take(end - start).read_to_end(&mut tail)?;
        if let Some(at) = tail.iter().rposition(|&byte| byte == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("galley-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_file_keeps_its_content_until_the_new_one_is_whole() {
        let folder = folder("whole");
        let path = folder.join("out.jsonl");
        std::fs::write(&path, "old\n").unwrap();
        let mut file = PartialFile::create(&path).unwrap();
        file.write_all(b"new\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old\n");
        file.complete().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new\n");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_unfinished_file_keeps_its_whole_lines_and_is_gone_on_from() {
        let folder = folder("resume");
        let path = folder.join("out.jsonl");
        let mut file = PartialFile::create(&path).unwrap();
        let long = "x".repeat(200_000);
        file.write_all(format!("one\n{long}\ncut {long}").as_bytes()).unwrap();
        assert!(file.keep_whole_lines());
        assert!(!path.exists());
        let mut file = PartialFile::resume(&path).unwrap();
        let lines: Vec<_> = file.lines().unwrap().map(|line| line.unwrap().len()).collect();
        assert_eq!(lines, [3, 200_000]);
        file.write_all(b"three\n").unwrap();
        file.complete().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("one\n{long}\nthree\n"));
        // A finished file is gone on from, too.
        let file = PartialFile::resume(&path).unwrap();
        assert_eq!(file.lines().unwrap().count(), 3);
        file.discard();
        assert!(path.exists());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn nothing_whole_leaves_nothing() {
        let folder = folder("nothing");
        let path = folder.join("out.jsonl");
        let mut file = PartialFile::create(&path).unwrap();
        file.write_all(b"half a line").unwrap();
        assert!(!file.keep_whole_lines());
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
