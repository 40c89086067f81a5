//! Which commands and methods are known to change nothing, by their names. What is not known is named.

const READING_VERBS: [&str; 12] = [
    "get",
    "test",
    "select",
    "where",
    "measure",
    "compare",
    "find",
    "resolve",
    "convertto",
    "convertfrom",
    "sort",
    "group",
];
/// Commands and aliases without such a verb that change nothing either; a script block given to them is read by itself.
const READING: [&str; 32] = [
    "foreach-object",
    "invoke-command",
    "icm",
    "nslookup",
    "format-table",
    "format-list",
    "format-wide",
    "format-custom",
    "format-hex",
    "out-string",
    "out-null",
    "start-sleep",
    "write-debug",
    "write-error",
    "write-host",
    "write-information",
    "write-output",
    "write-progress",
    "write-verbose",
    "write-warning",
    "join-path",
    "split-path",
    "%",
    "?",
    "foreach",
    "where",
    "select",
    "sort",
    "group",
    "measure",
    "ft",
    "fl",
];
/// Methods of values that give another value. `Replace` and `Format` are not among them: files and volumes have them too.
const READING_METHODS: [&str; 39] = [
    "adddays",
    "addhours",
    "addminutes",
    "addmonths",
    "addseconds",
    "addyears",
    "compareto",
    "computehash",
    "contains",
    "containskey",
    "containsvalue",
    "endswith",
    "equals",
    "getenumerator",
    "gethashcode",
    "getproxy",
    "gettype",
    "hasflag",
    "indexof",
    "isbypassed",
    "isinrole",
    "ismatch",
    "lastindexof",
    "padleft",
    "padright",
    "split",
    "startswith",
    "substring",
    "subtract",
    "toarray",
    "tochararray",
    "tolocaltime",
    "tolower",
    "tostring",
    "touniversaltime",
    "toupper",
    "trim",
    "trimend",
    "trimstart",
];
/// Methods of types that only look.
const READING_STATICS: [&str; 22] = [
    "compare",
    "equals",
    "exists",
    "format",
    "getcurrent",
    "getenvironmentvariable",
    "getextension",
    "getfilename",
    "getfolderpath",
    "gethostaddresses",
    "gethostentry",
    "gethostname",
    "getsystemwebproxy",
    "getvalue",
    "isdefined",
    "ismatch",
    "isnullorempty",
    "isnullorwhitespace",
    "join",
    "parse",
    "readallbytes",
    "tostring",
];
const SESSION_VERBS: [&str; 2] = ["connect", "disconnect"];
const SESSION: [&str; 15] = [
    "import-module",
    "import-pssession",
    "import-csv",
    "import-clixml",
    "new-csonlinesession",
    "new-pssession",
    "new-pssessionoption",
    "new-object",
    "new-variable",
    "set-variable",
    "remove-variable",
    "remove-pssession",
    "remove-module",
    "set-location",
    "set-strictmode",
];

/// Whether a command's name says that it only looks.
pub(super) fn is_read_only(name: &str) -> bool {
    let name = plain(name);
    READING.contains(&name.as_str()) || verb(&name).is_some_and(|verb| READING_VERBS.contains(&verb))
}

/// Whether a command is known to change nothing but the session.
pub(super) fn is_of_session(name: &str) -> bool {
    let name = plain(name);
    SESSION.contains(&name.as_str()) || verb(&name).is_some_and(|verb| SESSION_VERBS.contains(&verb))
}

/// In lower case, without the name of a module before it; a path stays one.
pub(super) fn plain(name: &str) -> String {
    let name = name.to_lowercase();
    let is_module = |module: &str| {
        module.starts_with(char::is_alphanumeric)
            && module.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    match name.split_once('\\') {
        Some((module, command)) if is_module(module) && !command.contains('\\') => command.to_owned(),
        Some(_) | None => name,
    }
}

/// The verb of a name that is a verb, a hyphen and a noun.
pub(super) fn verb(name: &str) -> Option<&str> {
    let (verb, noun) = name.split_once('-')?;
    (!noun.is_empty() && noun.chars().all(char::is_alphanumeric)).then_some(verb)
}

/// Whether the name of an object's method says that it only looks.
pub(super) fn reads(method: &str) -> bool {
    READING_METHODS.contains(&method.to_lowercase().as_str())
}

/// The same of a type's method.
pub(super) fn reads_of_type(method: &str) -> bool {
    READING_STATICS.contains(&method.to_lowercase().as_str())
}
