//! `config`: the configuration file as it would be with all that counts now.

use std::path::Path;

use serde_json::{Value, json};

use super::args::{Common, Output};
use super::context::Context;
use super::exit::{Done, Exit, Failed};
use crate::config::{self, Color, Config, ThemeName};
use crate::plain::Out;
use crate::sanitize::escape_controls;
use crate::shell::powershell;
use crate::text::Text;

/// A key with what counts now.
struct Setting {
    key: &'static str,
    /// TOML writes texts and truth as JSON does.
    value: Value,
    from: Origin,
}

/// Where a value comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Flag,
    Variable(&'static str),
    File,
    Default,
}

pub(super) fn config(context: &Context, flags: &Common) -> Done {
    let text = context.text;
    let path = config::path();
    let file = path.as_deref().map_or_else(|| Ok(Config::default()), Config::read);
    let file = file.map_err(|error| Failed::new(Exit::Usage, error.words(text)))?;
    let settings = settings(context, flags, &file);
    let name = path.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
    let mut out = Out::stdout();
    match context.output {
        Output::Json => {
            let row = |of: &Setting| json!({"key": of.key, "value": of.value, "from": of.from.word()});
            let rows: Vec<Value> = settings.iter().map(row).collect();
            out.json(&json!({"format": 1, "file": name, "settings": rows}));
        }
        Output::Text => {
            out.line(&format!("# {}", escape_controls(&name)));
            out.line(&format!("# {}", text.config_order()));
            for line in lines(&settings, text) {
                out.line(&line);
            }
        }
    }
    Ok(Exit::Open)
}

/// What counts for each key, in the order of the file.
fn settings(context: &Context, flags: &Common, file: &Config) -> Vec<Setting> {
    let path = |path: &Path| Value::from(path.display().to_string());
    let found = || Some(powershell::locate(None).ok()?.path);
    let powershell = context.powershell.clone().or_else(found);
    let color = match context.color {
        Color::Auto => "auto",
        Color::Always => "always",
        Color::Never => "never",
    };
    let theme = match context.theme.unwrap_or_default() {
        ThemeName::Dark => "dark",
        ThemeName::Light => "light",
    };
    let setting = |key, variable: Option<&'static str>, flag, in_file, value| {
        let is_set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let from = match variable.filter(is_set) {
            _ if flag => Origin::Flag,
            Some(variable) => Origin::Variable(variable),
            None if in_file => Origin::File,
            None => Origin::Default,
        };
        Setting { key, value, from }
    };
    let attention = file.attention;
    let told = |key, switch: Option<bool>| {
        setting(key, None, false, switch.is_some(), switch.unwrap_or(true).into())
    };
    vec![
        setting(
            "data-dir",
            Some("GREENLIGHT_DATA_DIR"),
            flags.data_dir.is_some(),
            file.data_dir.is_some(),
            path(&context.data_dir),
        ),
        setting(
            "powershell",
            Some("GREENLIGHT_POWERSHELL"),
            flags.powershell.is_some(),
            file.powershell.is_some(),
            powershell.as_deref().map_or(Value::Null, path),
        ),
        setting(
            "lang",
            Some("GREENLIGHT_LANG"),
            flags.lang.is_some(),
            file.lang.is_some(),
            context.text.lang().code().into(),
        ),
        setting("color", None, flags.color.is_some(), file.color.is_some(), color.into()),
        setting("theme", None, flags.theme.is_some(), file.theme.is_some(), theme.into()),
        setting("ascii", None, flags.ascii, file.ascii.is_some(), context.ascii.into()),
        setting("plain", None, flags.plain, file.plain.is_some(), context.plain.into()),
        told("attention.bell", attention.bell),
        told("attention.title", attention.title),
        told("attention.taskbar", attention.taskbar),
        told("attention.notification", attention.notification),
        told("attention.clipboard", attention.clipboard),
        told("attention.links", attention.links),
    ]
}

/// The file: each key below what it is, and behind it where its value comes from. What nobody said is a comment.
fn lines(settings: &[Setting], text: Text) -> Vec<String> {
    let mut lines = Vec::new();
    let mut above = String::new();
    for Setting { key, value, from } in settings {
        let about = about(key, text);
        if about != above {
            lines.extend([String::new(), format!("# {about}")]);
            above = about;
        }
        lines.push(match from {
            Origin::Flag => format!("{key} = {value}  # --{key}"),
            Origin::Variable(name) => format!("{key} = {value}  # {name}"),
            Origin::File => format!("{key} = {value}"),
            // Where there is none, an example.
            Origin::Default if value.is_null() => format!("# {key} = \"pwsh\""),
            Origin::Default => format!("# {key} = {value}"),
        });
    }
    lines
}

/// What a key is; those of a table share that of the table.
fn about(key: &str, text: Text) -> String {
    match key {
        "data-dir" => text.config_data_dir(),
        "powershell" => text.config_powershell(),
        "lang" => text.config_lang(),
        "color" => text.config_color(),
        "theme" => text.config_theme(),
        "ascii" => text.config_ascii(),
        "plain" => text.config_plain(),
        _ => text.config_attention(),
    }
}

impl Origin {
    /// The word for programs.
    const fn word(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Variable(_) => "environment",
            Self::File => "file",
            Self::Default => "default",
        }
    }
}
