//! What is asked and answered.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::windows::io::AsHandle as _;
use std::process::{Child, Command};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::window::{self, Event, Window};

/// One line of standard input: `"screen"`, `{"press": "Enter"}`, `{"resize": [100, 30]}`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Request {
    /// Write a line where the prompt stands, as an earlier program would: gives null.
    Write(String),
    /// Start a program with its arguments in this console: gives its process id.
    Run(Vec<String>),
    /// Type a text: gives null.
    Type(String),
    /// Press a key by its name: gives null.
    Press(String),
    /// The rows of the window on whatever buffer is shown.
    Screen,
    /// The colour attributes of each cell of the window, row by row.
    Attributes,
    /// The rows of the buffer that was there first, without the empty ones at its end, whatever is shown.
    Scrollback,
    /// Sizes, cursor and modes of what is shown.
    State,
    /// Tell a process of an event of its console: gives null.
    Tell(u32, Event),
    /// Give the window another size, and the buffer where the window would not fit: gives null.
    Resize(i16, i16),
    /// Close the window as its button does: gives null. Nothing can be read from it afterwards.
    Close,
    /// The exit code of the program, or null while it runs.
    Exit,
    /// All processes of this Windows: `[id, parent, name]`.
    Processes,
    /// End the program and the driver, without an answer.
    End,
}

/// Obeys until standard input ends.
pub fn run() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [size, lines] => {
            let (columns, rows) = size.split_once('x').ok_or_else(usage)?;
            // A console of our own would take the place of these.
            let asked = File::from(io::stdin().as_handle().try_clone_to_owned()?);
            let told = File::from(io::stdout().as_handle().try_clone_to_owned()?);
            let window = Window::open((number(columns)?, number(rows)?), number(lines)?)?;
            Driver { window: Some(window), program: None }.serve(asked, told)
        }
        _ => Err(usage()),
    }
}

fn usage() -> io::Error {
    io::Error::other("usage: console COLUMNSxROWS LINES")
}

fn number<T: std::str::FromStr>(text: &str) -> io::Result<T> {
    text.parse().map_err(|_| io::Error::other(format!("{text} is not a number")))
}

struct Driver {
    window: Option<Window>,
    program: Option<Child>,
}

impl Driver {
    fn serve(mut self, asked: File, mut told: File) -> io::Result<()> {
        writeln!(told, "null")?;
        for line in BufReader::new(asked).lines() {
            let request = serde_json::from_str(&line?).map_err(io::Error::from);
            if let Ok(Request::End) = request {
                break;
            }
            let answer = request.and_then(|request| self.answer(request));
            let answer = answer.unwrap_or_else(|error| json!({ "error": error.to_string() }));
            writeln!(told, "{answer}")?;
        }
        Ok(())
    }

    fn answer(&mut self, request: Request) -> io::Result<Value> {
        let gone = || io::Error::other("the window was closed");
        if let Request::Close = request {
            self.window.take().ok_or_else(gone)?.close()?;
            return Ok(Value::Null);
        }
        match request {
            Request::Exit => {
                let program = self.program.as_mut().ok_or_else(|| io::Error::other("nothing was started"))?;
                return Ok(json!(program.try_wait()?.and_then(|status| status.code())));
            }
            Request::Processes => return Ok(json!(window::processes()?)),
            Request::Tell(process, event) => return Ok(json!(window::tell(process, event)?)),
            _ => {}
        }
        let window = self.window.as_ref().ok_or_else(gone)?;
        Ok(match request {
            Request::Write(line) => json!(window.write(&line)?),
            Request::Run(words) => {
                let (program, arguments) = words.split_first().ok_or_else(usage)?;
                let console = |name| OpenOptions::new().read(true).write(true).open(name);
                let child = Command::new(program)
                    .args(arguments)
                    .stdin(console("CONIN$")?)
                    .stdout(console("CONOUT$")?)
                    .stderr(console("CONOUT$")?)
                    .spawn()?;
                json!(self.program.insert(child).id())
            }
            Request::Type(text) => json!(window.type_text(&text)?),
            Request::Press(key) => json!(window.press(&key)?),
            Request::Screen => json!(window.screen()?),
            Request::Attributes => json!(window.attributes()?),
            Request::Scrollback => json!(window.scrollback()?),
            Request::State => window.state()?,
            Request::Resize(columns, rows) => json!(window.resize(columns, rows)?),
            Request::Close | Request::Exit | Request::Processes | Request::Tell(..) | Request::End => {
                Value::Null
            }
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(program) = &mut self.program {
            let _ended = program.kill();
        }
    }
}
