//! The statements of which the texts are composed.

use super::{Maker, TARGETS};

const SHORT: [&str; 10] =
    ["$x++", "$i--", "--$x", "++$env:X", "$x.A++", "$x[0]--", "break", "continue", "exit 3", "return"];
/// Statements with blocks: `§B` is a block, `§P` a pipeline, `§V` a value.
#[rustfmt::skip]
const LONG: [&str; 36] = [
    "if (§P) §B", "if (§P) §B else §B", "if (§P) §B\nelse\n§B", "if (§P) §B elseif(§P)§B", "if (§P) §B `\nelseif (§P) §B else§B",
    "foreach ($y in §P) §B", ":a foreach ($y in §P) §B", ":outer\nforeach ($y in §P) §B", "for ($i = 0; $i -lt §V; $i++) §B",
    "while (§P) §B", ":b while (§P) §B", "do §B while (§P)", "do §B until (§P)", "switch (§P) { 1 §B default §B }",
    "switch (§P) { a* §B\ndefault §B }", "switch -regex (§P) { 'a' §B; default §B }", "switch -Wildcard -CaseSensitive (§P) { \"$x\" §B default §B }",
    "switch (§P) { { $_ -gt 1 } §B { Set-Y } §B }", "switch (§P) { (Get-X) §B\n default §B }", "try §B catch §B", "try §B catch [Exception] §B",
    "try §B catch [A.B], [C] §B finally §B", "try §B finally §B", "function Get-Y §B", "filter f§B", "function f($a, [int]$b = 1) §B",
    "function global:g §B", "& §B", ".§B $x", "&§B -a 1", ". §B | Set-Z", "begin §B process §B end §B",
    "param($a, [Parameter(Mandatory = $true)][string]$b = §V)\n§P", "[CmdletBinding()] param($a)\nprocess §B", "trap §B", "§P & §P",
];

impl Maker<'_> {
    pub(super) fn statement(&mut self, depth: usize) -> String {
        match self.random.below(if depth == 0 { 8 } else { 24 }) {
            0 | 1 => {
                let operator = self.one(&[" = ", "=", " += ", " -= ", " *= ", "=\n"]);
                format!("{}{operator}{}", self.one(&TARGETS), self.pipeline(depth))
            }
            2 => self.one(&SHORT),
            3 => self.expression(depth),
            4..=7 => self.pipeline(depth),
            8 => format!("{} {}", self.one(&["return", "throw"]), self.pipeline(depth)),
            9 => {
                let between = self.one(&[" && ", " || ", " &&\n", "||"]);
                format!("{}{between}{}", self.pipeline(depth), self.pipeline(depth))
            }
            _ => self.long(depth),
        }
    }

    fn long(&mut self, depth: usize) -> String {
        let template = self.one(&LONG);
        let mut pieces = template.split('§');
        let mut all = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            all += &match &piece[..1] {
                "B" => self.block(depth),
                "P" => self.pipeline(depth - 1),
                _ => self.value(depth - 1),
            };
            all += &piece[1..];
        }
        all
    }
}
