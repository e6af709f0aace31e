//! What `cargo train entities` may be asked.

use std::path::PathBuf;

use super::{crf, lexicons};

const HELP: &str = "cargo train entities [OPTIONS]
  --shared DIR    corpora and word lists (default ../shared)
  --out FILE      where the model goes (default www/model/entities.bin)
  --epochs N      (default 10)
  --rate R        AdaGrad's rate (default 0.2)
  --dropout R     share of features left out at a time (default 0.5)
  --decay R       pull of weights to 0 (default 0)
  --prune N       weights of fewer 32nds are dropped (default 2)
  --least N       features without a weight of so many are dropped (default 2)
  --from FILE     learn nothing: drop small weights of this model's linear part
  --relist        with --from: its word lists are packed anew
  --go-on FILE    start from this model's weights; what the sets never have stays as it is there
  --shout N       per mille of lines and names read once more in capitals (default 40)
  --made W        weight of sentences made of others: names replaced, headlines, tables (default 0.5)
  --silver W      weight of the silver sentences (default 0: left out)
  --teacher FILE  a model whose reading of unlabelled texts is learned too, where it is sure
  --taught W      what those texts weigh (default 0.3)
  --sure N        how many 32nds a tag must be ahead of another to rule it out (default 64)
  --without WHAT  clusters or lists: learn without them
  --web W         weight of the web sentences (default 2)
  --quick N       every N-th document only
  --dev           hold the development sets and half of the web set out, to tune
  --measure FILE  measure this model, learn nothing
  --show FILE     with --measure: print this text with the names found in it, nothing else
  --errors SET N  print N errors on SET";

/// What the learner was asked for.
pub(super) struct Args {
    pub(super) shared: PathBuf,
    pub(super) out: PathBuf,
    pub(super) settings: crf::Settings,
    pub(super) prune: i16,
    pub(super) least: i16,
    pub(super) from: Option<PathBuf>,
    pub(super) relist: bool,
    pub(super) go_on: Option<PathBuf>,
    pub(super) shout: u64,
    pub(super) web: f32,
    pub(super) made: f32,
    pub(super) silver: f32,
    pub(super) teacher: Option<PathBuf>,
    pub(super) taught: f32,
    pub(super) sure: i32,
    pub(super) without: lexicons::Without,
    pub(super) quick: usize,
    pub(super) dev: bool,
    pub(super) measure: Option<PathBuf>,
    pub(super) show: Option<PathBuf>,
    pub(super) errors: Option<(String, usize)>,
}

pub(super) fn parse_args(args: &[String]) -> Result<Args, String> {
    let mut out = Args {
        shared: std::env::var_os("GALLEY_SHARED").map_or("../shared".into(), PathBuf::from),
        out: "www/model/entities.bin".into(),
        settings: crf::Settings { epochs: 10, rate: 0.2, dropout: 0.5, decay: 0.0, seed: 1 },
        prune: 2,
        least: 2,
        from: None,
        relist: false,
        go_on: None,
        shout: 40,
        web: 2.0,
        made: 0.5,
        silver: 0.0,
        teacher: None,
        taught: 0.3,
        sure: 64,
        without: lexicons::Without::default(),
        quick: 1,
        dev: false,
        measure: None,
        show: None,
        errors: None,
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().cloned().ok_or(format!("{arg} wants a value"));
        match arg.as_str() {
            "--shared" => out.shared = value()?.into(),
            "--out" => out.out = value()?.into(),
            "--epochs" => out.settings.epochs = parse_number(value()?)?,
            "--rate" => out.settings.rate = parse_number(value()?)?,
            "--dropout" => out.settings.dropout = parse_number(value()?)?,
            "--decay" => out.settings.decay = parse_number(value()?)?,
            "--seed" => out.settings.seed = parse_number(value()?)?,
            "--prune" => out.prune = parse_number(value()?)?,
            "--least" => out.least = parse_number(value()?)?,
            "--from" => out.from = Some(value()?.into()),
            "--relist" => out.relist = true,
            "--go-on" => out.go_on = Some(value()?.into()),
            "--shout" => out.shout = parse_number(value()?)?,
            "--web" => out.web = parse_number(value()?)?,
            "--made" => out.made = parse_number(value()?)?,
            "--silver" => out.silver = parse_number(value()?)?,
            "--teacher" => out.teacher = Some(value()?.into()),
            "--taught" => out.taught = parse_number(value()?)?,
            "--sure" => out.sure = parse_number(value()?)?,
            "--without" => match value()?.as_str() {
                "clusters" => out.without.clusters = true,
                "lists" => out.without.lists = true,
                other => return Err(format!("--without {other}?\n{HELP}")),
            },
            "--quick" => out.quick = parse_number::<usize>(value()?)?.max(1),
            "--dev" => out.dev = true,
            "--measure" => out.measure = Some(value()?.into()),
            "--show" => out.show = Some(value()?.into()),
            "--errors" => out.errors = Some((value()?, parse_number(value()?)?)),
            _ => return Err(format!("unknown option {arg}\n{HELP}")),
        }
    }
    Ok(out)
}

/// A number as an option's value.
pub(super) fn parse_number<T: std::str::FromStr>(text: String) -> Result<T, String> {
    text.parse().map_err(|_| format!("'{text}' is no number"))
}
