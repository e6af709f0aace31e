//! The map: the table of rooms in ARCHITECTURE.md, and the list of circles that still stand.

/// A row of the table.
pub(crate) struct Room {
    /// A file or a folder.
    pub(crate) path: String,
    /// Names of other rooms.
    pub(crate) may_use: Vec<String>,
}

impl Room {
    /// What other rows call it: the last part of its path, without the file's ending.
    pub(crate) fn name(&self) -> &str {
        let last = self.path.rsplit('/').next().unwrap_or(&self.path);
        last.trim_end_matches(".rs")
    }

    /// Whether a file is in it, or in a room inside it.
    pub(crate) fn holds(&self, file: &str) -> bool {
        let folder = self.path.trim_end_matches(".rs");
        file == self.path
            || file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
    }
}

/// The innermost room that holds a file.
pub(crate) fn room_of<'a>(rooms: &'a [Room], file: &str) -> Option<&'a Room> {
    rooms.iter().filter(|room| room.holds(file)).max_by_key(|room| room.path.len())
}

/// The table whose head has the column "may use". Its first column gives the path, in backticks.
pub(crate) fn parse(markdown: &str) -> Vec<Room> {
    let mut lines = markdown.lines().skip_while(|line| !line.contains("| may use |"));
    let head =
        cells(lines.next().expect("ARCHITECTURE.md has a table with the column \"may use\""));
    let column = head.iter().position(|cell| *cell == "may use").expect("the column");
    let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
    let mut rooms: Vec<Room> = Vec::new();
    for row in rows {
        let cells = cells(row);
        let path = cells[0].trim_matches('`').to_owned();
        if !path.starts_with("src/") {
            continue;
        }
        let names = cells.get(column).unwrap_or_else(|| panic!("a row without its uses: {row}"));
        let names = names.split(',').map(|name| name.trim().trim_matches('`').to_owned());
        let may_use = names.filter(|name| !name.is_empty()).collect();
        rooms.push(Room { path, may_use });
    }
    for room in &rooms {
        for name in &room.may_use {
            let homes = rooms.iter().filter(|room| room.name() == name).count();
            assert_eq!(homes, 1, "{} may use {name}: so many rooms have that name", room.path);
        }
    }
    rooms
}

fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    row.strip_suffix('|').unwrap_or(row).split('|').map(str::trim).collect()
}

/// Lines such as `src/a.rs -> src/b.rs: why it still stands`; empty lines and those with `#` are for people.
pub(crate) fn parse_circles(list: &str) -> Vec<(String, String)> {
    let lines = list.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (from, rest) = line.split_once(" -> ").unwrap_or_else(|| panic!("no use: {line}"));
            let (to, reason) = rest.split_once(": ").unwrap_or_else(|| panic!("no reason: {line}"));
            assert!(!reason.trim().is_empty(), "no reason: {line}");
            (from.to_owned(), to.to_owned())
        })
        .collect()
}
