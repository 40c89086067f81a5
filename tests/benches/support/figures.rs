//! Figures of several rounds: the median, the least and the most, one line each.

/// Prints the head of the table.
pub fn head(title: &str) {
    println!("\n{title}\n{:<58} {:>10} {:>10} {:>10}", "", "median", "min", "max");
}

/// Prints one line and gives the median.
pub fn line(name: &str, unit: &str, values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (min, max) = (sorted[0], sorted[sorted.len() - 1]);
    let median = sorted[sorted.len() / 2];
    println!("{name:<58} {median:>10.3} {min:>10.3} {max:>10.3} {unit}");
    median
}

/// A whole number from the environment, else `other`.
pub fn count(variable: &str, other: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.replace('_', "").parse().ok()).unwrap_or(other)
}
