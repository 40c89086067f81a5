use super::*;

fn places() -> SystemFolders {
    SystemFolders {
        system_root: r"C:\Windows".to_owned(),
        program_files: vec![r"C:\Program Files".to_owned(), r"C:\Program Files (x86)".to_owned()],
        documents: r"\\fs01\home$\ana\Documentos".to_owned(),
        local_data: r"C:\Users\ana\AppData\Local".to_owned(),
    }
}

const PERSON: &str = r"\\fs01\home$\ana\Documentos\WindowsPowerShell\Modules";
const SHARED: &str = r"C:\Program Files\WindowsPowerShell\Modules";
const HOME: &str = r"C:\Windows\System32\WindowsPowerShell\v1.0\Modules";

/// With one pwsh that was unpacked from a zip.
fn rebuilt(folders: &[&str]) -> Option<ModulePath> {
    let has_core = |folder: &str| folded(folder) == r"c:\tools\pwsh-7.4";
    module_path(&folders.join(";"), &places(), has_core)
}

#[test]
fn what_belongs_to_powershell_6_and_later_is_left_out_however_it_is_spelt() {
    for folder in [
        r"\\fs01\home$\ana\Documentos\PowerShell\Modules",
        r"C:\Users\ana\Documents\PowerShell\Modules",
        r"c:/users/ANA/documents/powershell/modules/",
        r"C:\Users\ana\AppData\Local\PowerShell\Modules",
        r"C:\Program Files\PowerShell\Modules",
        r"C:\PROGRAM FILES\PowerShell\Modules\\",
        r"C:\Program Files\PowerShell\7\Modules",
        r"c:\program files\powershell\7-preview\Modules",
        r"C:\Program Files (x86)\PowerShell\6.2.4\Modules",
        r"C:\Program Files\WindowsApps\Microsoft.PowerShell_7.5.0.0_x64__8wekyb3d8bbwe\Modules",
        r"C:\Program Files\WindowsApps\Microsoft.PowerShellPreview_7.6.0.4_x64__8wekyb3d8bbwe\Modules",
        r"C:\tools\pwsh-7.4\Modules",
        r" C:/tools/PWSH-7.4/Modules/ ",
    ] {
        let path = rebuilt(&[PERSON, folder, SHARED, HOME]).unwrap_or_else(|| panic!("{folder} was kept"));
        assert_eq!(path.left_out, [folder.trim()]);
        assert_eq!(path.value, [PERSON, SHARED, HOME].join(";"), "{folder}");
        assert!(path.added.is_empty(), "{path:?}");
    }
}

#[test]
fn what_the_operator_has_is_kept_in_its_order_and_spelling() {
    let kept = [
        r"C:\Program Files\Microsoft SQL Server\110\Tools\PowerShell\Modules\",
        r"C:\Program Files (x86)\Microsoft SDKs\Azure\PowerShell\ResourceManager\AzureResourceManager",
        r"D:\PowerShell\Modules",
        r"C:\Program Files\Common Files\Microsoft Lync Server 2013\Modules\",
        r"C:\Program Files\PowerShell\Company\Modules",
        r"C:\Program Files\PowerShell\7\Extra\Modules",
        r"C:\Program Files\PowerShellTools\7\Modules",
        r"C:\tools\pwsh-7.4\Other",
        r"\\fs01\share\PowerShell\Modules",
        "E:",
        "",
    ];
    assert_eq!(rebuilt(&kept), None, "nothing is set where nothing would change");
    let mut folders = kept.to_vec();
    folders.insert(3, r"C:\Program Files\PowerShell\7\Modules");
    let path = rebuilt(&folders).unwrap();
    assert_eq!(path.left_out, [r"C:\Program Files\PowerShell\7\Modules"]);
    let whole: Vec<&str> = [PERSON].iter().chain(&kept[..10]).chain(&[SHARED, HOME]).copied().collect();
    assert_eq!(path.value, whole.join(";"));
    assert_eq!(path.added, [PERSON, SHARED, HOME]);
}

#[test]
fn windows_powershells_own_folders_come_back_each_to_its_place() {
    let core = r"C:\Program Files\PowerShell\7\Modules";
    for (inherited, value) in [
        (vec![core], vec![PERSON, SHARED, HOME]),
        (vec![core, r"D:\a"], vec![PERSON, r"D:\a", SHARED, HOME]),
        (vec![core, HOME, r"D:\a"], vec![PERSON, SHARED, HOME, r"D:\a"]),
        (vec![r"D:\a", core, SHARED], vec![PERSON, r"D:\a", SHARED, HOME]),
        (
            vec![core, r"c:\windows\system32/WINDOWSPOWERSHELL\v1.0\modules\"],
            vec![PERSON, SHARED, r"c:\windows\system32/WINDOWSPOWERSHELL\v1.0\modules\"],
        ),
    ] {
        let path = rebuilt(&inherited).unwrap();
        assert_eq!(path.value, value.join(";"), "{inherited:?}");
        let new: Vec<&str> = value.into_iter().filter(|folder| !inherited.contains(folder)).collect();
        assert_eq!(path.added, new);
    }
}

#[test]
fn its_own_folders_stay_also_where_a_pwsh_lies_beside_them() {
    let core = r"C:\Program Files\PowerShell\7\Modules";
    let path = module_path(&[HOME, core].join(";"), &places(), |_| true).unwrap();
    assert_eq!(path.left_out, [core]);
    assert_eq!(module_path(HOME, &places(), |_| true), None);
}

#[test]
fn nothing_is_invented_for_a_place_that_is_not_known() {
    let path =
        module_path(r"C:\Users\ana\Documents\PowerShell\Modules;D:\a", &SystemFolders::default(), |_| false);
    assert_eq!(path.unwrap().value, r"D:\a");
    assert_eq!(module_path(r"\PowerShell\Modules", &SystemFolders::default(), |_| false), None);
}

#[test]
fn variables_in_a_registered_folder_are_replaced() {
    let variable = |name: &str| (name == "USERPROFILE").then(|| r"C:\Users\ana".to_owned());
    for (text, path) in [
        (r"%USERPROFILE%\Documents", r"C:\Users\ana\Documents"),
        (r"\\fs01\home$\ana", r"\\fs01\home$\ana"),
        (r"D:\100%\%NO%\%USERPROFILE%", r"D:\100%\%NO%\C:\Users\ana"),
    ] {
        assert_eq!(expanded(text, variable), path);
    }
}
