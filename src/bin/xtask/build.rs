//! The release page: trunk with our tools, then what it weighs.

use crate::command::{Project, Run};
use crate::tools::Kit;

/// Builds the page into [`Project::dist`].
pub(crate) fn page(project: &Project, kit: &Kit) -> Result<(), String> {
    // trunk then works without a network.
    Run::new("cargo")
        .args(["fetch", "--locked"])
        .within(project.root())
        .run()?;
    let trunk = Run::new("trunk")
        .args(["build", "--dist"])
        .args([project.dist()])
        .within(project.root());
    kit.equip(trunk, project).run()
}
