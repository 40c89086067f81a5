//! Where Windows PowerShell looks for modules when it is started below PowerShell 6 or later.
//!
//! PowerShell 6 and later put folders of their own into `PSModulePath`, whose modules Windows PowerShell finds first and
//! cannot load; they take them out again for a Windows PowerShell that they start themselves, not for one that we start.
//! Windows PowerShell takes a path that is there as it is, so what is missing in it has to be put back as well.

use std::path::Path;

use super::locate::is_windows_powershell;

/// What Windows PowerShell is given in place of the `PSModulePath` that was inherited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModulePath {
    /// The folders, separated by semicolons.
    pub value: String,
    /// The folders of PowerShell 6 and later that were in it.
    pub left_out: Vec<String>,
    /// Windows PowerShell's own folders that were not.
    pub added: Vec<String>,
}

/// The folders of the system that matter here; those that are not known are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct SystemFolders {
    /// `C:\Windows`.
    system_root: String,
    /// The first is the one for programs of this system's width.
    program_files: Vec<String>,
    /// Where this person's documents are.
    documents: String,
    /// Where later versions keep what belongs to a person.
    local_data: String,
}

impl SystemFolders {
    /// The places of this computer.
    fn here() -> Self {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let documents =
            documents(variable).or_else(|| variable("USERPROFILE").map(|home| format!(r"{home}\Documents")));
        Self {
            system_root: variable("SystemRoot").unwrap_or_default(),
            program_files: ["ProgramW6432", "ProgramFiles", "ProgramFiles(x86)"]
                .into_iter()
                .filter_map(variable)
                .collect(),
            documents: documents.unwrap_or_default(),
            local_data: variable("LOCALAPPDATA").unwrap_or_default(),
        }
    }

    /// Windows PowerShell's own folders for one person, for all, and for itself, in this order.
    fn own(&self) -> [Option<String>; 3] {
        let below = |root: &str, rest: &str| (!root.is_empty()).then(|| format!(r"{root}\{rest}"));
        let shared = self.program_files.first().map(String::as_str).unwrap_or_default();
        [
            below(&self.documents, r"WindowsPowerShell\Modules"),
            below(shared, r"WindowsPowerShell\Modules"),
            below(&self.system_root, r"System32\WindowsPowerShell\v1.0\Modules"),
        ]
    }

    /// Whether a folder, as [`folded`] gives it, is one where PowerShell 6 or later looks for its modules.
    fn is_of_core(&self, folder: &str) -> bool {
        let Some(parent) = folder.strip_suffix(r"\modules") else { return false };
        if let Some(root) = parent.strip_suffix(r"\powershell") {
            let is_one_of = |place: &String| !place.is_empty() && folded(place) == root;
            return root.ends_with(r"\documents")
                || [&self.documents, &self.local_data].into_iter().any(is_one_of)
                || self.program_files.iter().any(is_one_of);
        }
        let of_version = self.program_files.iter().any(|place| {
            parent
                .strip_prefix(&folded(place))
                .and_then(|rest| rest.strip_prefix(r"\powershell\"))
                .is_some_and(|version| {
                    version.starts_with(|c: char| c.is_ascii_digit()) && !version.contains('\\')
                })
        });
        of_version || parent.contains(r"\windowsapps\microsoft.powershell")
    }
}

/// Where this person's documents are: perhaps on a share, or below OneDrive under any name, which no variable says.
#[cfg(windows)]
fn documents(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    const FOLDERS: &str = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";
    let folders = windows_registry::CURRENT_USER.open(FOLDERS).ok()?;
    folders.get_string("Personal").ok().map(|path| expanded(&path, variable))
}

#[cfg(not(windows))]
fn documents(_variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    None
}

/// What `program` is to be given instead of the inherited path; nothing where that may stay as it is.
pub(super) fn instead(program: &Path) -> Option<ModulePath> {
    if !cfg!(windows) || !is_windows_powershell(program) {
        return None;
    }
    // A path that is no text is nothing that PowerShell 6 or later made.
    let inherited = std::env::var("PSModulePath").ok()?;
    let has_core =
        |folder: &str| ["pwsh.exe", "pwsh.dll"].iter().any(|name| Path::new(folder).join(name).is_file());
    module_path(&inherited, &SystemFolders::here(), has_core)
}

/// What a Windows PowerShell below PowerShell 6 or later is to be given; nothing where `inherited` holds nothing of it.
/// Whether a folder holds a program of PowerShell 6 or later is for `has_core` to say.
fn module_path(
    inherited: &str,
    places: &SystemFolders,
    has_core: impl Fn(&str) -> bool,
) -> Option<ModulePath> {
    let own = places.own();
    let is = |folder: &str, other: &str| folded(folder) == folded(other);
    let is_of_core = |folder: &&str| {
        let parent = trimmed(folder).rsplit_once(['\\', '/']).filter(|(_, name)| is(name, "Modules"));
        !own.iter().flatten().any(|own| is(folder, own))
            && (places.is_of_core(&folded(folder)) || parent.is_some_and(|(parent, _)| has_core(parent)))
    };
    let folders = inherited.split(';').map(str::trim).filter(|folder| !folder.is_empty());
    let (left_out, kept): (Vec<&str>, Vec<&str>) = folders.partition(is_of_core);
    if left_out.is_empty() {
        return None;
    }
    let mut folders: Vec<String> = kept.into_iter().map(str::to_owned).collect();
    let missing =
        |own: &Option<String>| own.clone().filter(|own| !folders.iter().any(|folder| is(folder, own)));
    let [person, shared, home] = own.each_ref().map(missing);
    let added = [&person, &shared, &home].into_iter().flatten().cloned().collect();
    // As Windows PowerShell itself orders them: a person's before all, the shared ones before its own.
    folders.splice(..0, person);
    folders.extend(home);
    let [.., home] = &own;
    let is_home = |folder: &String| home.as_ref().is_some_and(|home| is(folder, home));
    let at = folders.iter().position(is_home).unwrap_or(folders.len());
    folders.splice(at..at, shared);
    let left_out = left_out.into_iter().map(str::to_owned).collect();
    Some(ModulePath { value: folders.join(";"), left_out, added })
}

/// A path without what may stand around it and mean nothing.
fn trimmed(path: &str) -> &str {
    path.trim().trim_end_matches(['\\', '/'])
}

/// A path in the form in which it can be compared.
fn folded(path: &str) -> String {
    trimmed(path).replace('/', r"\").to_lowercase()
}

/// `text` with each `%NAME%` replaced by the variable's value, where there is one.
#[cfg(any(windows, test))]
fn expanded(text: &str, variable: impl Fn(&str) -> Option<String>) -> String {
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('%') {
        done.push_str(before);
        let named = behind.split_once('%').and_then(|(name, after)| Some((variable(name)?, after)));
        if let Some((value, after)) = named {
            done.push_str(&value);
            rest = after;
        } else {
            done.push('%');
            rest = behind;
        }
    }
    done + rest
}

#[cfg(test)]
mod tests;
