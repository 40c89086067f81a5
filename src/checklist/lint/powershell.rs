//! A reading of PowerShell text that is good enough to warn: which commands, methods and assignments it holds.
//!
//! It knows quotes, comments, blocks, pipes and the difference between a command and an expression
//! (`about_Command_Syntax`, `about_Parsing`). It errs on the side of naming too much, and never runs anything.

/// Something that a text would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A command by its name.
    Command(String),
    /// A command that is known only when it runs: `& $x`, `. $x`.
    Computed,
    /// A method by its name.
    Method(String),
    /// An assignment to a plain variable.
    Variable(String),
    /// An assignment to anything else: a property, an element, a drive such as `$env:`.
    Member,
    /// Output sent into a file.
    Redirection,
    /// A variable inside a double-quoted text.
    Quoted(String),
    /// Nested too deeply to be read.
    Unreadable,
}

/// What `text` would do, in the order in which it stands there.
pub(super) fn parts(text: &str) -> Vec<Part> {
    scanned(text).parts
}

/// What the last statement of `text` gives: the end of its pipeline.
pub(super) fn last_element(text: &str) -> String {
    let scanner = scanned(text);
    let ends = scanner.breaks.iter().copied().chain([scanner.chars.len()]);
    let starts = [0].into_iter().chain(scanner.breaks.iter().map(|at| at + 1));
    let elements = starts.zip(ends).map(|(start, end)| -> String {
        scanner.chars.iter().skip(start).take(end.saturating_sub(start)).collect()
    });
    let says = |element: &String| !element.trim().is_empty() && !element.trim().starts_with('#');
    elements.filter(says).last().unwrap_or_default().trim().to_owned()
}

fn scanned(text: &str) -> Scanner {
    let mut scanner = Scanner { chars: text.chars().collect(), at: 0, parts: Vec::new(), breaks: Vec::new() };
    while scanner.peek(0).is_some() {
        scanner.block(Block::File, 0);
    }
    scanner
}

/// Deeper nesting than any command for people has.
const DEPTH_MAX: usize = 48;

const KEYWORDS: [&str; 23] = [
    "if", "elseif", "else", "while", "until", "do", "for", "foreach", "switch", "try", "catch", "finally",
    "return", "throw", "begin", "process", "end", "in", "param", "break", "continue", "trap", "data",
];

/// What a block ends with.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    File,
    Parenthesis,
    Brace,
    Table,
}

/// Where in a statement we are.
#[derive(Clone, Copy, Default, PartialEq)]
enum Mode {
    /// A command may stand here.
    #[default]
    Start,
    /// A value: words are operators.
    Expression,
    /// After a command: words are arguments.
    Arguments,
    /// After ForEach-Object: a bare word is the name of a method.
    Each,
}

/// What is known of the statement that is being read.
#[derive(Default)]
struct Statement {
    mode: Mode,
    /// Whether it began with a keyword, after whose block another statement may follow.
    keyword: bool,
    /// Whether it stands behind a pipe.
    piped: bool,
    /// What is assigned to, if an equals sign follows.
    target: Option<Part>,
}

impl Statement {
    /// A property or an element of what stands before is meant, not the variable.
    fn target_is_part(&mut self) {
        if self.target.is_some() {
            self.target = Some(Part::Member);
        }
    }
}

struct Scanner {
    chars: Vec<char>,
    at: usize,
    parts: Vec<Part>,
    /// Where a statement or a command ends, outside of all blocks.
    breaks: Vec<usize>,
}

impl Scanner {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn before(&self) -> Option<char> {
        self.at.checked_sub(1).and_then(|at| self.chars.get(at)).copied()
    }

    fn skip_while(&mut self, inside: impl Fn(char) -> bool) -> String {
        let mut word = String::new();
        while let Some(c) = self.peek(0).filter(|c| inside(*c)) {
            word.push(c);
            self.at += 1;
        }
        word
    }

    /// Reads up to and over the end of a block.
    fn block(&mut self, block: Block, depth: usize) {
        let mut statement = Statement::default();
        while let Some(c) = self.peek(0) {
            if block == Block::File && matches!(c, '\n' | '\r' | ';' | '|') {
                self.breaks.push(self.at);
            }
            if matches!(c, ')' | '}') {
                self.at += 1;
                if block == Block::File || (c == ')') == (block == Block::Parenthesis) {
                    return;
                }
            } else if !self.blank(c, &mut statement) && !self.value(c, &mut statement, depth) {
                self.operator(c, &mut statement, block);
            }
        }
    }

    /// Spaces, comments, and what ends a statement or a command; false if it is something else.
    fn blank(&mut self, c: char, statement: &mut Statement) -> bool {
        match c {
            '\n' | '\r' | ';' => {
                self.at += 1;
                *statement = Statement::default();
            }
            '|' => {
                self.at += 1;
                *statement = Statement { piped: true, keyword: statement.keyword, ..Statement::default() };
            }
            '`' => self.at += 2,
            '#' if self.before().is_none_or(|c| c.is_whitespace() || "({;|".contains(c)) => {
                self.skip_while(|c| c != '\n');
            }
            '<' if self.peek(1) == Some('#') => {
                self.at += 2;
                while self.peek(0).is_some() && !(self.peek(0) == Some('#') && self.peek(1) == Some('>')) {
                    self.at += 1;
                }
                self.at += 2;
            }
            c if c.is_whitespace() => self.at += 1,
            _ => return false,
        }
        true
    }

    /// Quotes, blocks, tables and variables; false if it is something else.
    fn value(&mut self, c: char, statement: &mut Statement, depth: usize) -> bool {
        let mode = statement.mode;
        if mode == Mode::Each && matches!(c, '\'' | '"' | '$') {
            // The name of a method, or a block, that is known only then.
            self.parts.push(Part::Computed);
        }
        statement.mode = after_value(mode);
        match c {
            '\'' | '‘' | '’' => self.single_quoted(),
            '"' | '“' | '”' => {
                self.at += 1;
                self.double_quoted(false, depth);
            }
            '@' => self.at_sign(depth),
            '(' => {
                self.at += 1;
                self.nested(Block::Parenthesis, depth);
            }
            '{' => {
                self.at += 1;
                self.nested(Block::Brace, depth);
                if statement.keyword {
                    statement.mode = Mode::Start;
                }
            }
            '$' if self.peek(1) == Some('(') => {
                self.at += 2;
                self.nested(Block::Parenthesis, depth);
            }
            '$' => {
                let cast = mode == Mode::Expression && self.before() == Some(']');
                let name = self.variable();
                if mode == Mode::Start || cast {
                    statement.target = Some(assigned(name));
                }
            }
            _ => {
                statement.mode = mode;
                return false;
            }
        }
        true
    }

    /// Calls, assignments, redirections, members and words.
    fn operator(&mut self, c: char, statement: &mut Statement, block: Block) {
        let start = statement.mode == Mode::Start;
        match c {
            '&' if start => {
                self.at += 1;
                statement.mode = self.called();
            }
            '.' if start
                && self
                    .peek(1)
                    .is_none_or(|c| c.is_whitespace() || matches!(c, '{' | '$' | '(' | '"' | '\'')) =>
            {
                self.at += 1;
                statement.mode = self.called();
            }
            '&' => {
                self.at += 1;
                statement.mode = Mode::Start;
            }
            '=' if statement.mode == Mode::Expression => {
                self.at += 1;
                match (block, statement.target.take()) {
                    (_, Some(part)) => self.parts.push(part),
                    // The key of a table is no target.
                    (Block::Table, None) => {}
                    (Block::File | Block::Parenthesis | Block::Brace, None) => self.parts.push(Part::Member),
                }
                statement.mode = Mode::Start;
            }
            '>' if !start => self.redirection(),
            '.' | ':' if !start => {
                statement.target_is_part();
                self.member(statement.mode);
            }
            '[' => {
                self.at += 1;
                statement.target_is_part();
                statement.mode = after_value(statement.mode);
            }
            c if is_word(c) || (start && c == '.') => {
                let word = self.skip_while(|c| is_word(c) || (start && matches!(c, '.' | ':')));
                self.word(&word, statement, block);
            }
            _ => {
                self.at += 1;
                statement.mode = after_value(statement.mode);
            }
        }
    }

    fn redirection(&mut self) {
        self.skip_while(|c| c == '>');
        self.skip_while(|c| c == ' ');
        let rest: String = self.chars.iter().skip(self.at).take(5).collect();
        if rest.starts_with('&') {
            self.at += 2;
        } else if !rest.eq_ignore_ascii_case("$null") {
            self.parts.push(Part::Redirection);
        }
    }

    /// A bare word.
    fn word(&mut self, word: &str, statement: &mut Statement, block: Block) {
        let lower = word.to_lowercase();
        statement.mode = match statement.mode {
            Mode::Start if block == Block::Table && !statement.keyword && self.next_is_equals() => {
                Mode::Expression
            }
            // `-Filter { HostingProvider -eq "SRV:" }`: a property, as only filters write it.
            Mode::Start if block == Block::Brace && self.is_compared(word) => Mode::Expression,
            Mode::Start if matches!(lower.as_str(), "function" | "filter") => {
                self.skip_while(|c| c == ' ');
                self.skip_while(is_word);
                statement.keyword = true;
                Mode::Start
            }
            Mode::Start if KEYWORDS.contains(&lower.as_str()) && !statement.piped => {
                statement.keyword = true;
                Mode::Start
            }
            Mode::Start if word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '—')) => {
                Mode::Expression
            }
            Mode::Start => {
                self.parts.push(Part::Command(word.to_owned()));
                match lower.as_str() {
                    "foreach-object" | "%" | "foreach" => Mode::Each,
                    _ => Mode::Arguments,
                }
            }
            // `foreach ($x in Get-Y)`.
            Mode::Expression if lower == "in" => Mode::Start,
            Mode::Each if word.starts_with('-') => Mode::Each,
            Mode::Each => {
                self.parts.push(Part::Method(word.to_owned()));
                Mode::Arguments
            }
            Mode::Expression | Mode::Arguments => statement.mode,
        };
    }

    fn next_is_equals(&self) -> bool {
        self.chars.iter().skip(self.at).find(|c| !matches!(c, ' ' | '\t')) == Some(&'=')
    }

    fn is_compared(&self, word: &str) -> bool {
        let rest: String = self.chars.iter().skip(self.at).take(16).collect();
        let operator = rest.split_whitespace().next().unwrap_or_default().to_lowercase();
        word.chars().all(char::is_alphanumeric)
            && rest.starts_with(' ')
            && ["-eq", "-ne", "-gt", "-ge", "-lt", "-le", "-like", "-notlike", "-match"]
                .contains(&operator.as_str())
    }

    /// After `&` or `.`: a name is a command as any other, all else is computed.
    fn called(&mut self) -> Mode {
        self.skip_while(|c| c == ' ');
        match self.peek(0) {
            // A block that runs here is read as it stands.
            Some('{') => Mode::Start,
            Some(c) if is_word(c) => Mode::Start,
            Some(_) | None => {
                self.parts.push(Part::Computed);
                Mode::Arguments
            }
        }
    }

    /// `@{…}`, `@(…)`, a here-string or a splat.
    fn at_sign(&mut self, depth: usize) {
        self.at += 1;
        match self.peek(0) {
            Some('{') => {
                self.at += 1;
                self.nested(Block::Table, depth);
            }
            Some('(') => {
                self.at += 1;
                self.nested(Block::Parenthesis, depth);
            }
            Some('\'') => {
                self.at += 1;
                while self.peek(0).is_some() && !self.closes_here('\'') {
                    self.at += 1;
                }
                self.at += 3;
            }
            Some('"') => {
                self.at += 1;
                self.double_quoted(true, depth);
            }
            Some(_) | None => {
                self.skip_while(|c| c.is_alphanumeric() || c == '_');
            }
        }
    }

    fn closes_here(&self, quote: char) -> bool {
        self.peek(0) == Some('\n') && self.peek(1) == Some(quote) && self.peek(2) == Some('@')
    }

    fn nested(&mut self, block: Block, depth: usize) {
        if depth >= DEPTH_MAX {
            self.parts.push(Part::Unreadable);
            return;
        }
        self.block(block, depth + 1);
    }

    fn single_quoted(&mut self) {
        let quote = |c| matches!(c, '\'' | '‘' | '’');
        self.at += 1;
        while let Some(c) = self.peek(0) {
            self.at += 1;
            if quote(c) {
                if !self.peek(0).is_some_and(quote) {
                    return;
                }
                self.at += 1;
            }
        }
    }

    /// From after the opening quote to after the closing one.
    fn double_quoted(&mut self, here: bool, depth: usize) {
        let quote = |c| matches!(c, '"' | '“' | '”');
        while let Some(c) = self.peek(0) {
            match c {
                '`' => self.at += 2,
                '$' if self.peek(1) == Some('(') => {
                    self.at += 2;
                    self.nested(Block::Parenthesis, depth);
                }
                '$' => {
                    let name = self.variable();
                    if !name.is_empty() {
                        self.parts.push(Part::Quoted(name));
                    }
                }
                _ if here && self.closes_here('"') => {
                    self.at += 3;
                    return;
                }
                c if quote(c) && !here => {
                    self.at += 1;
                    if !self.peek(0).is_some_and(quote) {
                        return;
                    }
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    /// From the `$` to the end of the name.
    fn variable(&mut self) -> String {
        self.at += 1;
        if self.peek(0) == Some('{') {
            self.at += 1;
            let name = self.skip_while(|c| c != '}');
            self.at += 1;
            return name;
        }
        let mut name = self.skip_while(|c| c.is_alphanumeric() || matches!(c, '_' | '?'));
        // A scope or a drive, but not the colons of a static member.
        if self.peek(0) == Some(':') && self.peek(1).is_some_and(|c| c.is_alphanumeric() || c == '_') {
            self.at += 1;
            name.push(':');
            name.push_str(&self.skip_while(|c| c.is_alphanumeric() || c == '_'));
        }
        name
    }

    /// From the dot or colons of a member; a method if a parenthesis follows.
    fn member(&mut self, mode: Mode) {
        let attached = self.before().is_some_and(|c| !c.is_whitespace());
        self.skip_while(|c| matches!(c, '.' | ':'));
        if !attached || mode == Mode::Each {
            return;
        }
        if matches!(self.peek(0), Some('$' | '"' | '\'')) {
            self.parts.push(Part::Method("(computed)".to_owned()));
        }
        let name = self.skip_while(|c| c.is_alphanumeric() || c == '_');
        if !name.is_empty() && self.peek(0) == Some('(') {
            self.parts.push(Part::Method(name));
        }
    }
}

/// A variable that would be assigned to.
fn assigned(name: String) -> Part {
    match name.split_once(':') {
        Some((scope, _))
            if !["global", "script", "local", "private", "variable"]
                .contains(&scope.to_lowercase().as_str()) =>
        {
            Part::Member
        }
        Some((_, name)) => Part::Variable(name.to_owned()),
        None => Part::Variable(name),
    }
}

fn after_value(mode: Mode) -> Mode {
    match mode {
        Mode::Start | Mode::Expression => Mode::Expression,
        Mode::Arguments | Mode::Each => Mode::Arguments,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '%' | '?' | '\\' | '/' | '*' | '~' | '–' | '—')
}
