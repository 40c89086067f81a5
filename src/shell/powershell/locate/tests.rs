use super::*;

fn touch(path: &Path) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, "").unwrap();
}

#[test]
fn a_program_that_is_named_but_absent_is_an_error_that_names_it() {
    let path = Path::new("/nowhere/at/all/pwsh");
    let error = locate(Some(path)).unwrap_err();
    assert_eq!(error, NoPowerShell::NotThere(path.to_path_buf()));
    assert!(locate(Some(Path::new("no-such-program-as-this"))).is_err());
}

#[test]
fn a_program_that_is_named_is_taken_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my-shell");
    touch(&path);
    assert_eq!(locate(Some(&path)), Ok(Program { path }));
    assert!(locate(Some(folder.path())).is_err(), "a folder is no program");
}

#[test]
fn the_path_is_searched_in_order_and_relative_entries_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["a", "b"].map(|name| folder.path().join(name));
    let name = format!("pwsh{}", env::consts::EXE_SUFFIX);
    touch(&second.join(&name));
    let search = env::join_paths([Path::new("."), &first, &second]).unwrap();
    assert_eq!(on_path(OsStr::new("pwsh"), &search), Some(second.join(&name)));
    touch(&first.join(&name));
    assert_eq!(on_path(OsStr::new("pwsh"), &search), Some(first.join(&name)));
    assert_eq!(on_path(OsStr::new("pwsh"), OsStr::new(".")), None);
}

#[test]
fn a_32_bit_process_takes_the_64_bit_windows_powershell() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(windows_powershell(root.path()), None);
    let [native, system] = ["sysnative", "System32"]
        .map(|folder| root.path().join(folder).join("WindowsPowerShell/v1.0/powershell.exe"));
    touch(&system);
    assert_eq!(windows_powershell(root.path()), Some(system));
    touch(&native);
    assert_eq!(windows_powershell(root.path()), Some(native));
}

#[test]
fn windows_powershell_is_known_by_its_name() {
    assert!(is_windows_powershell(Path::new("/v1.0/PowerShell.exe")));
    assert!(!is_windows_powershell(Path::new("/7/pwsh.exe")));
}
