//! The release page: trunk with our tools, then what it weighs and whether it is strict.

use crate::command::{Project, Run};
use crate::offline;
use crate::report::Counts;
use crate::sources::{Sources, list_files};
use crate::tools::BuildTools;
use crate::wasm;
use crate::weigh;
use std::fs;

/// Builds the page into [`Project::dist`].
pub(crate) fn build_page(project: &Project, tools: &BuildTools) -> Result<(), String> {
    build_from(
        project,
        tools,
        &Sources::of(project.root(), &trunk_command(project, tools).shown())?,
    )
}

/// Builds the page unless the one that stands there is what would be built.
pub(crate) fn build_page_if_changed(project: &Project, tools: &BuildTools) -> Result<(), String> {
    let sources = Sources::of(project.root(), &trunk_command(project, tools).shown())?;
    if sources.match_page(&project.dist()) {
        println!("The page in {} is up to date.", project.dist().display());
        return Ok(());
    }
    build_from(project, tools, &sources)
}

fn build_from(project: &Project, tools: &BuildTools, sources: &Sources) -> Result<(), String> {
    wasm::fetch_crates(project)?;
    trunk_command(project, tools).run()?;
    minify_scripts(project, tools)?;
    let script = project.root().join("www/sw.js");
    let script = fs::read_to_string(&script).map_err(|e| format!("{}: {e}", script.display()))?;
    offline::write_service_worker(&project.dist(), &script)?;
    sources.record(&project.dist())
}

/// Makes the scripts small that wasm-bindgen wrote: each has its wasm beside it.
fn minify_scripts(project: &Project, tools: &BuildTools) -> Result<(), String> {
    for script in list_files(&project.dist())? {
        if let Some(name) = script.strip_suffix(".js")
            && project.dist().join(format!("{name}_bg.wasm")).is_file()
        {
            let esbuild = Run::new("esbuild")
                .words("--minify --allow-overwrite --log-level=warning")
                .args([format!("--outfile={script}"), script])
                .within(&project.dist());
            tools.equip(esbuild).run()?;
        }
    }
    Ok(())
}

fn trunk_command(project: &Project, tools: &BuildTools) -> Run {
    let trunk =
        Run::new("trunk").args(["build", "--dist"]).args([project.dist()]).within(project.root());
    tools.equip(wasm::with_project_flags(trunk))
}

/// Checks the built page: its sizes, and that nothing in it needs a laxer policy.
pub(crate) fn check_page(project: &Project) -> Counts {
    let mut counts = Counts::default();
    weigh::check_limits(project, &mut counts);
    let index = fs::read_to_string(project.dist().join("index.html"));
    counts.add(index.map_err(|e| e.to_string()).and_then(|html| check_policy(&html)));
    counts
}

/// Whether the page has its policy first, and nothing that the policy would block: inline scripts,
/// inline styles, handlers in attributes.
fn check_policy(html: &str) -> Result<(), String> {
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
    fn headers_for_hosts_have_the_policy_of_the_page() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
        let page = read("index.html");
        let rest = page.split_once("Content-Security-Policy\" content=\"").unwrap().1;
        let policy = rest.split_once('"').unwrap().0;
        for file in ["www/hosting/_headers", "www/hosting/nginx.conf", "www/hosting/Caddyfile"] {
            assert!(read(file).contains(&format!("{policy}; frame-ancestors 'none'")), "{file}");
        }
    }

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
            assert_eq!(check_policy(&format!("{POLICY}{html}")).is_ok(), good, "{html}");
        }
        assert!(check_policy("<p>").is_err());
        assert!(check_policy(&format!("<link href=\"a.css\">{POLICY}")).is_err());
    }
}
