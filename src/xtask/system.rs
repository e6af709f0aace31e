//! Debian's packages: what is there, and installing what is not.

use crate::command::{Run, find_on_path};

/// Installs Debian's packages, or says what to run by hand.
///
/// `why` ends the sentence "… is needed", for the message.
pub(crate) fn install(packages: &[&str], why: &str) -> Result<(), String> {
    let names = packages.join(" ");
    let by_hand = format!(
        "{why} needed. Run this by hand, then start again:\n  \
         apt-get update && apt-get install --yes --no-install-recommends {names}"
    );
    if find_on_path("apt-get").is_none() {
        return Err(format!(
            "{why} needed, and this machine has no apt-get to install it with. \
             Debian's names of the packages are: {names}"
        ));
    }
    if !is_root() {
        return Err(format!("{by_hand}\n(as root: this user may not install)"));
    }
    let fetch = || {
        Run::new("apt-get")
            .words("install --yes --quiet --no-install-recommends")
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .run()
    };
    if package_lists_present() && fetch().is_ok() {
        return Ok(());
    }
    Run::new("apt-get")
        .words("update --quiet")
        .run()
        .and_then(|()| fetch())
        .map_err(|e| format!("{e}\n{by_hand}"))
}

fn is_root() -> bool {
    Run::new("id").args(["-u"]).read_output().as_deref() == Some("0")
}

/// Whether `apt-get update` has ever run here.
fn package_lists_present() -> bool {
    std::fs::read_dir("/var/lib/apt/lists").is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().ends_with("_Packages"))
    })
}
