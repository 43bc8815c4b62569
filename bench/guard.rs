//! The processor time that the guard takes before execution, worst of each kind of document made to hurt:
//!
//!     cargo run --release --example guard [SEEDS]
//!
//! It fails where one takes 50 milliseconds or more. Linux only: the kernel counts the time.
#[path = "../tests/guard/hostile.rs"]
mod hostile;

use innesto::graphql::guard::Guard;
use std::{env, error::Error, fs, hint::black_box, process::ExitCode};

const MOST_MILLISECONDS: f64 = 50.0;

/// What this thread has spent on a processor, in milliseconds.
fn spent() -> Result<f64, Box<dyn Error>> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: f64 = text.split_whitespace().next().unwrap_or_default().parse()?;
    Ok(nanoseconds / 1e6)
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let seeds: u64 = env::args().nth(1).map_or(Ok(200), |seeds| seeds.parse())?;
    let guard = Guard::new();
    let mut worst_of_all: f64 = 0.0;
    println!("{:<46} {:>8} {:>8} {:>10}", "kind, each with its slowest document", "bytes", "steps", "ms");
    for (kind, (name, _)) in hostile::KINDS.iter().enumerate() {
        let mut worst = (0.0, 0, 0);
        for seed in 0..seeds {
            let text = hostile::document(kind, seed);
            let before = spent()?;
            let steps = match black_box(guard.check(black_box(&text), None, serde_json::Map::new())) {
                Ok(approved) => approved.steps,
                Err(refused) => refused.steps,
            };
            let took = spent()? - before;
            if took > worst.0 {
                worst = (took, text.len(), steps);
            }
        }
        println!("{name:<46} {:>8} {:>8} {:>10.2}", worst.1, worst.2, worst.0);
        worst_of_all = worst_of_all.max(worst.0);
    }
    println!("the slowest took {worst_of_all:.2} ms of {MOST_MILLISECONDS}");
    Ok(if worst_of_all < MOST_MILLISECONDS { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
