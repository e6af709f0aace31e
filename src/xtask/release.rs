//! The release page: trunk with our tools, then what it weighs and whether it is strict.

use crate::command::{Project, Run};
use crate::made::{Sources, files};
use crate::offline;
use crate::test::Counts;
use crate::tools::Kit;
use std::fs;
use std::path::Path;

/// The page without its worker: wasm and JavaScript, gzip, in bytes.
const PAGE_BUDGET: usize = 500_000;
/// The worker without its models, the same way.
const WORKER_BUDGET: usize = 400_000;
/// What comes when the page is there already, the worker of files and the service worker, the same way.
const LATER_BUDGET: usize = 130_000;
/// The entity model with its lexicons, and the quote model, the same way.
const ENTITY_BUDGET: usize = 5_000_000;
const QUOTE_BUDGET: usize = 1_200_000;

/// Files that are weighed together.
struct Group {
    name: &'static str,
    /// Bytes.
    budget: usize,
    belongs: fn(&str) -> bool,
}

const GROUPS: [Group; 5] = [
    Group {
        name: "page",
        budget: PAGE_BUDGET,
        belongs: |name| is_code(name) && !is_worker(name) && !is_later(name),
    },
    Group {
        name: "worker",
        budget: WORKER_BUDGET,
        belongs: |name| is_code(name) && is_worker(name),
    },
    Group { name: "later", budget: LATER_BUDGET, belongs: is_later },
    Group {
        name: "entities",
        budget: ENTITY_BUDGET,
        belongs: |name| name.starts_with("model/entities"),
    },
    Group {
        name: "quotes",
        budget: QUOTE_BUDGET,
        belongs: |name| name.starts_with("model/quotes"),
    },
];

/// Builds the page into [`Project::dist`].
pub(crate) fn page(project: &Project, kit: &Kit) -> Result<(), String> {
    build(project, kit, &Sources::of(project.root(), &trunk(project, kit).shown())?)
}

/// Builds the page unless the one that stands there is what would be built.
pub(crate) fn page_if_changed(project: &Project, kit: &Kit) -> Result<(), String> {
    let sources = Sources::of(project.root(), &trunk(project, kit).shown())?;
    if sources.stand_in(&project.dist()) {
        println!("The page in {} is up to date.", project.dist().display());
        return Ok(());
    }
    build(project, kit, &sources)
}

fn build(project: &Project, kit: &Kit, sources: &Sources) -> Result<(), String> {
    kit.compiler.fetch(project)?;
    trunk(project, kit).run()?;
    minify(project, kit)?;
    let script = project.root().join("www/sw.js");
    let script = fs::read_to_string(&script).map_err(|e| format!("{}: {e}", script.display()))?;
    offline::keep(&project.dist(), &script)?;
    sources.note(&project.dist())
}

/// Makes the scripts small that wasm-bindgen wrote: each has its wasm beside it.
fn minify(project: &Project, kit: &Kit) -> Result<(), String> {
    for script in files(&project.dist())? {
        if let Some(name) = script.strip_suffix(".js")
            && project.dist().join(format!("{name}_bg.wasm")).is_file()
        {
            let esbuild = Run::new("esbuild")
                .words("--minify --allow-overwrite --log-level=warning")
                .args([format!("--outfile={script}"), script])
                .within(&project.dist());
            kit.equip_tools(esbuild).run()?;
        }
    }
    Ok(())
}

fn trunk(project: &Project, kit: &Kit) -> Run {
    let trunk =
        Run::new("trunk").args(["build", "--dist"]).args([project.dist()]).within(project.root());
    kit.equip(trunk, project)
}

/// Checks the built page: its sizes, and that nothing in it needs a laxer policy.
pub(crate) fn check(project: &Project) -> Counts {
    let mut counts = Counts::default();
    let files = match files(&project.dist()) {
        Ok(files) => files,
        Err(e) => return Counts::of(Err(e)),
    };
    for group in &GROUPS {
        counts.add(weigh(&project.dist(), &files, group));
    }
    let index = fs::read_to_string(project.dist().join("index.html"));
    counts.add(index.map_err(|e| e.to_string()).and_then(|html| strict(&html)));
    counts
}

fn is_code(name: &str) -> bool {
    name.ends_with(".js") || name.ends_with(".wasm")
}

fn is_worker(name: &str) -> bool {
    name.starts_with("worker")
}

fn is_later(name: &str) -> bool {
    name.starts_with("files") || name == "sw.js"
}

/// Prints what a group of files weighs; an error when that is over its budget.
fn weigh(dist: &Path, files: &[String], group: &Group) -> Result<(), String> {
    let Group { name: group, budget, belongs } = group;
    let mut total = 0;
    for name in files.iter().filter(|name| belongs(name)) {
        let path = dist.join(name);
        let plain = fs::metadata(&path).map_err(|e| format!("{name}: {e}"))?.len();
        let packed = gzip_size(&path)?;
        println!("{group:<8} {name:<40} {plain:>9} bytes {packed:>9} gzip");
        total += packed;
    }
    if total == 0 {
        return Err(format!("{group}: none of its files is there"));
    }
    println!("{group:<8} {:<40} {total:>25} gzip of {budget}", "together");
    if total > *budget {
        return Err(format!("{group}: {total} bytes gzip, over its budget of {budget}"));
    }
    Ok(())
}

/// The size of the file after `gzip -9`, in bytes.
fn gzip_size(path: &Path) -> Result<usize, String> {
    let output = Run::new("gzip")
        .args(["-9", "--stdout"])
        .args([path])
        .into_command()
        .output()
        .map_err(|e| format!("gzip, which measures sizes, cannot be run: {e}"))?;
    if output.status.success() {
        Ok(output.stdout.len())
    } else {
        Err(format!("gzip could not read {}", path.display()))
    }
}

/// Whether the page has its policy first, and nothing that the policy would block: inline scripts,
/// inline styles, handlers in attributes.
fn strict(html: &str) -> Result<(), String> {
    let Some(policy) = html.find("http-equiv=\"Content-Security-Policy\"") else {
        return Err("index.html has no Content-Security-Policy".to_owned());
    };
    let tags = html.match_indices('<').map(|(at, _)| {
        let tag = &html[at..];
        (at, &tag[..tag.find('>').unwrap_or(tag.len())])
    });
    for (at, tag) in tags {
        let name: String = tag[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let loads = matches!(name.as_str(), "script" | "link" | "img" | "style");
        if loads && at < policy {
            return Err(format!("index.html: {tag}> stands before the Content-Security-Policy"));
        }
        let inline = (name == "script" && !tag.contains(" src=")) || name == "style";
        let handler = tag.split_whitespace().skip(1).any(|attribute| {
            attribute.starts_with("style=")
                || (attribute.starts_with("on") && attribute.contains('='))
        });
        if inline || handler {
            return Err(format!("index.html: {tag}> would need an inline script or style"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str =
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">";

    #[test]
    fn what_the_policy_would_block_is_found() {
        let cases = [
            ("<script type=\"module\" src=\"./boot.js\"></script>", true),
            ("<p data-on=\"x\">script onload = style</p>", true),
            ("<script>run()</script>", false),
            ("<style>p{}</style>", false),
            ("<p style=\"color:red\">", false),
            ("<body onload=\"run()\">", false),
        ];
        for (html, good) in cases {
            assert_eq!(strict(&format!("{POLICY}{html}")).is_ok(), good, "{html}");
        }
        assert!(strict("<p>").is_err());
        assert!(strict(&format!("<link href=\"a.css\">{POLICY}")).is_err());
    }
}
