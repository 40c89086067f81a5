//! Who runs this process, and where: asked of the system, never of variables that anybody may set.

use crate::run::Who;

/// Who is at the keyboard.
pub(super) fn who() -> Who {
    let unknown = || "?".to_owned();
    let Account { user, sid, elevated } = account();
    Who {
        user: user.unwrap_or_else(unknown),
        host: whoami::fallible::hostname().unwrap_or_else(|_unnamed| unknown()),
        sid,
        elevated,
    }
}

struct Account {
    user: Option<String>,
    sid: Option<String>,
    elevated: Option<bool>,
}

#[cfg(unix)]
fn account() -> Account {
    Account { user: whoami::fallible::username().ok(), sid: None, elevated: None }
}

/// What the process's token says; an account whose name nobody knows any more goes by its SID.
#[cfg(windows)]
fn account() -> Account {
    use winsafe::{
        ConvertSidToStringSid, ConvertStringSidToSid, HACCESSTOKEN, HPROCESS, LookupAccountSid, TokenInfo,
        co, prelude::Handle as _,
    };
    /// The built-in group, in every language.
    const ADMINISTRATORS: &str = "S-1-5-32-544";
    // As .NET's `IsInRole(Administrator)` has it, by which the built-in checklist asks PowerShell.
    let elevated = ConvertStringSidToSid(ADMINISTRATORS)
        .and_then(|administrators| HACCESSTOKEN::NULL.CheckTokenMembership(&administrators))
        .ok();
    let nobody = Account { user: None, sid: None, elevated };
    let Ok(token) = HPROCESS::GetCurrentProcess().OpenProcessToken(co::TOKEN::QUERY) else { return nobody };
    let user = match token.GetTokenInformation(co::TOKEN_INFORMATION_CLASS::User) {
        Ok(TokenInfo::User(user)) => user,
        Ok(_) | Err(_) => return nobody,
    };
    let Some(sid) = user.User.Sid() else { return nobody };
    let name = LookupAccountSid(None, sid).ok();
    let sid = ConvertSidToStringSid(sid).ok();
    let user = name.map(|(name, domain, _)| format!("{domain}\\{name}")).or_else(|| sid.clone());
    Account { user, sid, elevated }
}
