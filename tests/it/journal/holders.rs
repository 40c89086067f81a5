//! Who has a run: a second opener, another account, a killed holder, another file in its place.

use super::*;

#[test]
fn nothing_is_added_to_a_journal_that_is_not_the_one_in_the_folder() {
    type Action = fn(&Path);
    let harms: [(&str, Action); 6] = [
        ("removed", |path| fs::remove_file(path).unwrap()),
        ("moved away", |path| fs::rename(path, path.with_extension("away")).unwrap()),
        ("a copy in its place, one byte longer", |path| {
            let bytes = fs::read(path).unwrap();
            fs::remove_file(path).unwrap();
            fs::write(path, [bytes.as_slice(), b"{"].concat()).unwrap();
        }),
        ("shorter", |path| {
            fs::OpenOptions::new().write(true).open(path).unwrap().set_len(150).unwrap();
        }),
        ("emptied", |path| fs::write(path, "").unwrap()),
        ("longer", |path| {
            fs::OpenOptions::new().append(true).open(path).unwrap().write_all(&[0; 90]).unwrap();
        }),
    ];
    for (case, harm) in harms {
        let (_dir, folder) = written(2);
        let (mut journal, _, _) = reopen(&folder).unwrap();
        let path = folder.journal();
        let whole = fs::read(&path).unwrap();
        harm(&path);
        let harmed = fs::read(&path).ok();
        let error = journal.append(&note(3)).unwrap_err();
        assert!(
            matches!(&error, JournalError::Changed { path: named } if *named == path),
            "{case}: {error:?}"
        );
        assert!(matches!(journal.append(&note(3)), Err(JournalError::Broken)), "{case}");
        journal.repair().unwrap_err();
        assert_eq!(fs::read(&path).ok(), harmed, "{case}: what somebody else did is not undone");
        fs::write(&path, &whole).unwrap();
        journal.repair().unwrap();
        journal.append(&note(3)).unwrap();
        assert_eq!(read::<Note>(&folder).unwrap().events, notes(3), "{case}");
    }
}

#[test]
fn a_copy_in_the_journals_place_is_noticed_and_taken_over_by_the_repair() {
    let (_dir, folder) = written(2);
    let (mut journal, _, _) = reopen(&folder).unwrap();
    let kept = folder.path().join("kept");
    fs::rename(folder.journal(), &kept).unwrap();
    fs::copy(&kept, folder.journal()).unwrap();
    assert!(matches!(journal.append(&note(3)), Err(JournalError::Changed { .. })));
    journal.repair().unwrap();
    journal.append(&note(3)).unwrap();
    assert_eq!(read::<Note>(&folder).unwrap().events, notes(3));
}

// One operator at a time.

#[test]
fn removing_the_lock_admits_nobody_and_stops_its_holder() {
    let (_dir, folder) = written(2);
    let (mut journal, _, _) = reopen(&folder).unwrap();
    fs::remove_file(folder.lock()).unwrap();
    // The folder itself is locked, where the system can do that.
    let error = reopen(&folder).unwrap_err();
    assert!(matches!(&error, JournalError::Held { by: Some(by) } if *by == me()), "{error:?}");
    let error = journal.append(&note(3)).unwrap_err();
    assert!(matches!(&error, JournalError::Changed { path } if *path == folder.lock()), "{error:?}");
    // Where it cannot, somebody else has the new file.
    let other = fs::File::create(folder.lock()).unwrap();
    other.lock().unwrap();
    assert!(matches!(journal.repair(), Err(JournalError::Held { .. })));
    other.unlock().unwrap();
    journal.repair().unwrap();
    journal.append(&note(3)).unwrap();
    assert_eq!(read::<Note>(&folder).unwrap().events, notes(3));
}

#[test]
fn a_second_opener_is_told_who_has_the_run_and_may_still_read_it() {
    let (_dir, folder) = written(2);
    let (journal, _, _) = reopen(&folder).unwrap();
    let error = reopen(&folder).unwrap_err();
    assert!(matches!(&error, JournalError::Held { by: Some(by) } if *by == me()), "{error:?}");
    let message = Text::default().journal_error(&error);
    let pid = std::process::id().to_string();
    for part in ["CONTOSO\\ana", "SRV01", &pid, "2026-11-23"] {
        assert!(message.contains(part), "{message}");
    }
    assert_eq!(read::<Note>(&folder).unwrap().events, notes(2));
    drop(journal);
    assert_eq!(holder_of(&folder), None);
    reopen(&folder).unwrap();
}

#[test]
fn who_holds_a_run_is_told_on_one_line() {
    let holder =
        Holder::this_process(Who { user: "a\n\u{1b}[2Jb".into(), host: "h\r".into(), ..Who::default() }, 0);
    let told = Text::default().holder(&holder);
    assert!(told.starts_with("a\\n\\u{1b}[2Jb on h\\r, process "), "{told}");
}

#[cfg(unix)]
#[test]
fn the_note_of_a_holder_is_replaced_and_never_written_through_a_link() {
    let (dir, folder) = written(1);
    let precious = dir.path().join("precious");
    fs::write(&precious, "dear").unwrap();
    std::os::unix::fs::symlink(&precious, folder.holder()).unwrap();
    let _open = reopen(&folder).unwrap();
    assert_eq!(fs::read(&precious).unwrap(), b"dear");
    assert_eq!(holder_of(&folder), Some(me()));
}

#[cfg(unix)]
const ACCOUNT: &str = "JOURNAL_TEST_ACCOUNT";

/// Not a test by itself: another account that opens the run.
#[cfg(unix)]
#[test]
fn account_process() {
    let Some(path) = env::var_os(ACCOUNT) else { return };
    let error = reopen(&Folder::at(PathBuf::from(path))).unwrap_err();
    println!("SAID {}", Text::default().journal_error(&error));
}

#[cfg(unix)]
#[test]
fn another_account_is_told_who_has_the_run_and_that_it_may_not_write() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let (dir, folder) = written(2);
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let before = fs::read(folder.journal()).unwrap();
    let program = dir.path().join("program");
    programs::copy(&env::current_exe().unwrap(), &program);
    let other_account = || {
        let mut command = Command::new(&program);
        command
            .args(["--exact", "journal::holders::account_process", "--nocapture"])
            .env(ACCOUNT, folder.path());
        let output = command.uid(65534).gid(65534).current_dir("/").output();
        output.map(|output| String::from_utf8(output.stdout).unwrap())
    };
    let Ok(free) = other_account() else {
        eprintln!("SKIPPED another_account_is_told_who_has_the_run_and_that_it_may_not_write: only root may");
        return;
    };
    assert!(free.contains("this account may not write to the run in"), "{free}");
    let (journal, _, _) = reopen(&folder).unwrap();
    let held = other_account().unwrap();
    assert!(held.contains("open in another greenlight (CONTOSO\\ana on SRV01"), "{held}");
    drop(journal);
    // Where folders cannot be locked, the file tells, though it cannot be written.
    let lock = fs::File::open(folder.lock()).unwrap();
    lock.lock().unwrap();
    let held = other_account().unwrap();
    assert!(held.contains("open in another greenlight"), "{held}");
    lock.unlock().unwrap();
    // The lock alone is not enough.
    fs::set_permissions(folder.lock(), fs::Permissions::from_mode(0o666)).unwrap();
    let free = other_account().unwrap();
    assert!(free.contains("this account may not write to the run in"), "{free}");
    assert_eq!(fs::read(folder.journal()).unwrap(), before);
}

const HOLD: &str = "JOURNAL_TEST_HOLD";

/// Not a test by itself: the process that the next test kills.
#[test]
fn holder_process() {
    let Some(path) = env::var_os(HOLD) else { return };
    let (mut journal, _, _) = reopen(&Folder::at(PathBuf::from(path))).unwrap();
    journal.append(&note(3)).unwrap();
    println!("HOLDING");
    io::stdin().read_line(&mut String::new()).unwrap();
    panic!("was not killed");
}

#[test]
fn a_killed_holder_frees_the_lock_at_once_and_leaves_its_records() {
    let (_dir, folder) = written(2);
    let mut holder = Command::new(env::current_exe().unwrap())
        .args(["--exact", "journal::holders::holder_process", "--nocapture"])
        .env(HOLD, folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("HOLDING")));
    let error = reopen(&folder).unwrap_err();
    assert!(matches!(&error, JournalError::Held { by: Some(by) } if by.pid == holder.id()), "{error:?}");
    holder.kill().unwrap();
    holder.wait().unwrap();
    let (_, events, recovery) = reopen(&folder).unwrap();
    assert_eq!((events, recovery), (notes(3), Recovery::Clean));
}
