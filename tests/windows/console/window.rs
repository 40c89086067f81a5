//! The console, by the functions of Windows.
#![expect(unsafe_code, reason = "there is no other way to a console than the functions of Windows")]

use std::fs::{File, OpenOptions};
use std::io;
use std::mem::size_of;
use std::os::windows::io::AsRawHandle as _;

use serde::Deserialize;
use serde_json::{Value, json};
use windows_sys::Win32::Foundation::{CloseHandle, FARPROC, INVALID_HANDLE_VALUE};
use windows_sys::Win32::System::Console::{
    AllocConsole, CONSOLE_CURSOR_INFO, CONSOLE_SCREEN_BUFFER_INFO, COORD, FreeConsole, GetConsoleCursorInfo,
    GetConsoleMode, GetConsoleScreenBufferInfo, GetConsoleWindow, INPUT_RECORD, INPUT_RECORD_0, KEY_EVENT,
    KEY_EVENT_RECORD, KEY_EVENT_RECORD_0, LEFT_CTRL_PRESSED, ReadConsoleOutputAttribute,
    ReadConsoleOutputCharacterW, SHIFT_PRESSED, SMALL_RECT, SetConsoleScreenBufferSize, SetConsoleWindowInfo,
    WriteConsoleInputW, WriteConsoleW,
};
use windows_sys::Win32::System::Diagnostics::ToolHelp::{
    CreateToolhelp32Snapshot, PROCESSENTRY32W, Process32FirstW, Process32NextW, TH32CS_SNAPPROCESS,
};
use windows_sys::Win32::System::LibraryLoader::{GetModuleHandleA, GetProcAddress};
use windows_sys::Win32::System::Threading::{
    CreateRemoteThread, LPTHREAD_START_ROUTINE, OpenProcess, PROCESS_CREATE_THREAD,
    PROCESS_QUERY_INFORMATION, PROCESS_VM_OPERATION, PROCESS_VM_READ, PROCESS_VM_WRITE,
};
use windows_sys::Win32::UI::WindowsAndMessaging::{PostMessageW, WM_CLOSE};
use windows_sys::core::BOOL;

/// What the system tells the programs of a console.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// Ctrl+C, where it is not a key.
    CtrlC = 0,
    /// Ctrl+Break.
    Break = 1,
    /// The window is closed.
    Close = 2,
    /// Somebody logs off.
    Logoff = 5,
}

/// A console with this process and the program in it.
#[derive(Debug)]
pub struct Window {
    /// The buffer that was there first, with the scrollback.
    first: File,
    keys: File,
}

fn check(done: BOOL) -> io::Result<()> {
    if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// What is shown now: each opening gives the buffer that is shown at that moment.
fn shown() -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open("CONOUT$")
}

impl Window {
    /// Opens a console.
    pub fn open(size: (i16, i16), lines: i16) -> io::Result<Self> {
        // SAFETY: takes no memory. There may be no console to leave.
        let _left = unsafe { FreeConsole() };
        // SAFETY: takes no memory.
        check(unsafe { AllocConsole() })?;
        let window =
            Self { first: shown()?, keys: OpenOptions::new().read(true).write(true).open("CONIN$")? };
        // A window never exceeds its buffer: as small as it gets, then the buffer, then the window.
        window.resize_window(1, 1)?;
        window.resize_buffer(size.0, lines)?;
        window.resize_window(size.0, size.1)?;
        Ok(window)
    }

    fn resize_window(&self, columns: i16, rows: i16) -> io::Result<()> {
        let rectangle = SMALL_RECT { Left: 0, Top: 0, Right: columns - 1, Bottom: rows - 1 };
        // SAFETY: the handle is open, and the rectangle outlives the call.
        check(unsafe { SetConsoleWindowInfo(shown()?.as_raw_handle(), 1, &raw const rectangle) })
    }

    fn resize_buffer(&self, columns: i16, lines: i16) -> io::Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { SetConsoleScreenBufferSize(shown()?.as_raw_handle(), COORD { X: columns, Y: lines }) })
    }

    /// Gives the window another size; the buffer follows where it is smaller, or as wide as the window was.
    pub fn resize(&self, columns: i16, rows: i16) -> io::Result<()> {
        let now = info(&shown()?)?;
        self.resize_buffer(now.dwSize.X.max(columns), now.dwSize.Y.max(rows))?;
        self.resize_window(columns, rows)
    }

    /// Writes a line to the buffer that was there first.
    pub fn write(&self, line: &str) -> io::Result<()> {
        let text: Vec<u16> = format!("{line}\r\n").encode_utf16().collect();
        let mut written = 0;
        let length = u32::try_from(text.len()).map_err(io::Error::other)?;
        // SAFETY: the handle is open, and the text has that length.
        check(unsafe {
            WriteConsoleW(
                self.first.as_raw_handle(),
                text.as_ptr(),
                length,
                &raw mut written,
                std::ptr::null(),
            )
        })
    }

    /// Types a text, whatever the keyboard's layout.
    pub fn type_text(&self, text: &str) -> io::Result<()> {
        const VK_PACKET: u16 = 0xE7;
        text.encode_utf16().try_for_each(|unit| self.key(VK_PACKET, unit, 0))
    }

    /// Presses a key by its name; one character is typed.
    pub fn press(&self, name: &str) -> io::Result<()> {
        let (code, unit, modifiers) = match name {
            "Enter" => (0x0D, 0x0D, 0),
            "Escape" => (0x1B, 0x1B, 0),
            "Tab" => (0x09, 0x09, 0),
            "BackTab" => (0x09, 0x09, SHIFT_PRESSED),
            "Backspace" => (0x08, 0x08, 0),
            "Space" => (0x20, 0x20, 0),
            "PageUp" => (0x21, 0, 0),
            "PageDown" => (0x22, 0, 0),
            "End" => (0x23, 0, 0),
            "Home" => (0x24, 0, 0),
            "Left" => (0x25, 0, 0),
            "Up" => (0x26, 0, 0),
            "Right" => (0x27, 0, 0),
            "Down" => (0x28, 0, 0),
            "Delete" => (0x2E, 0, 0),
            "Ctrl+C" => (0x43, 3, LEFT_CTRL_PRESSED),
            one if one.chars().count() == 1 => return self.type_text(one),
            other => return Err(io::Error::other(format!("no key is called {other}"))),
        };
        self.key(code, unit, modifiers)
    }

    fn key(&self, code: u16, unit: u16, modifiers: u32) -> io::Result<()> {
        let record = |down| INPUT_RECORD {
            EventType: u16::try_from(KEY_EVENT).unwrap_or_default(),
            Event: INPUT_RECORD_0 {
                KeyEvent: KEY_EVENT_RECORD {
                    bKeyDown: down,
                    wRepeatCount: 1,
                    wVirtualKeyCode: code,
                    wVirtualScanCode: 0,
                    uChar: KEY_EVENT_RECORD_0 { UnicodeChar: unit },
                    dwControlKeyState: modifiers,
                },
            },
        };
        let records = [record(1), record(0)];
        let mut written = 0;
        // SAFETY: the handle is open, and there are two records.
        check(unsafe { WriteConsoleInputW(self.keys.as_raw_handle(), records.as_ptr(), 2, &raw mut written) })
    }

    /// The rows of the window.
    pub fn screen(&self) -> io::Result<Vec<String>> {
        let buffer = shown()?;
        let now = info(&buffer)?;
        let window = now.srWindow;
        let columns = width(window.Left, window.Right);
        (window.Top..=window.Bottom).map(|row| text(&buffer, window.Left, row, columns)).collect()
    }

    /// The attributes of the window.
    pub fn attributes(&self) -> io::Result<Vec<Vec<u16>>> {
        let buffer = shown()?;
        let now = info(&buffer)?;
        let window = now.srWindow;
        let columns = width(window.Left, window.Right);
        (window.Top..=window.Bottom).map(|row| attributes(&buffer, window.Left, row, columns)).collect()
    }

    /// The rows of the buffer that was there first.
    pub fn scrollback(&self) -> io::Result<Vec<String>> {
        let size = info(&self.first)?.dwSize;
        let rows: io::Result<Vec<String>> =
            (0..size.Y).map(|row| text(&self.first, 0, row, width(1, size.X))).collect();
        let mut rows = rows?;
        while rows.last().is_some_and(String::is_empty) {
            rows.pop();
        }
        Ok(rows)
    }

    /// Sizes, cursor and modes.
    pub fn state(&self) -> io::Result<Value> {
        let buffer = shown()?;
        let now = info(&buffer)?;
        let window = now.srWindow;
        let mut cursor = CONSOLE_CURSOR_INFO { dwSize: 0, bVisible: 0 };
        // SAFETY: the handle is open, and the place outlives the call.
        check(unsafe { GetConsoleCursorInfo(buffer.as_raw_handle(), &raw mut cursor) })?;
        let mode = |of: &File| {
            let mut mode = 0;
            // SAFETY: the handle is open, and the place outlives the call.
            check(unsafe { GetConsoleMode(of.as_raw_handle(), &raw mut mode) }).map(|()| mode)
        };
        Ok(json!({
            "window": [window.Left, window.Top, width(window.Left, window.Right), width(window.Top, window.Bottom)],
            "buffer": [now.dwSize.X, now.dwSize.Y],
            "cursor": [now.dwCursorPosition.X - window.Left, now.dwCursorPosition.Y - window.Top],
            "cursor-size": cursor.dwSize,
            "cursor-visible": cursor.bVisible != 0,
            "attributes": now.wAttributes,
            "input-mode": mode(&self.keys)?,
            "output-mode": mode(&buffer)?,
        }))
    }

    /// Closes the window, and leaves its console so as not to be ended with it.
    pub fn close(self) -> io::Result<()> {
        // SAFETY: takes no memory but the window's handle, which the system checks.
        check(unsafe { PostMessageW(GetConsoleWindow(), WM_CLOSE, 0, 0) })?;
        // SAFETY: takes no memory.
        check(unsafe { FreeConsole() })
    }
}

fn width(first: i16, last: i16) -> u16 {
    u16::try_from(last - first + 1).unwrap_or_default()
}

fn info(buffer: &File) -> io::Result<CONSOLE_SCREEN_BUFFER_INFO> {
    let mut info = CONSOLE_SCREEN_BUFFER_INFO::default();
    // SAFETY: the handle is open, and the place outlives the call.
    check(unsafe { GetConsoleScreenBufferInfo(buffer.as_raw_handle(), &raw mut info) })?;
    Ok(info)
}

/// A row's text, without the blanks at its end.
fn text(buffer: &File, column: i16, row: i16, columns: u16) -> io::Result<String> {
    let mut units = vec![0_u16; usize::from(columns)];
    let mut read = 0;
    // SAFETY: the handle is open, and there is room for that many.
    check(unsafe {
        ReadConsoleOutputCharacterW(
            buffer.as_raw_handle(),
            units.as_mut_ptr(),
            u32::from(columns),
            COORD { X: column, Y: row },
            &raw mut read,
        )
    })?;
    Ok(String::from_utf16_lossy(&units).trim_end().to_owned())
}

fn attributes(buffer: &File, column: i16, row: i16, columns: u16) -> io::Result<Vec<u16>> {
    let mut cells = vec![0_u16; usize::from(columns)];
    let mut read = 0;
    // SAFETY: the handle is open, and there is room for that many.
    check(unsafe {
        ReadConsoleOutputAttribute(
            buffer.as_raw_handle(),
            cells.as_mut_ptr(),
            u32::from(columns),
            COORD { X: column, Y: row },
            &raw mut read,
        )
    })?;
    Ok(cells)
}

/// Tells a process of an event as the system does: by a thread in it that begins at `CtrlRoutine`, which stands at the same
/// place in every process. The functions that ask the system to do so cannot send every event, and under wine Ctrl+Break by
/// them ends a thread of each program instead.
pub fn tell(process: u32, event: Event) -> io::Result<()> {
    // SAFETY: both names end with a zero; what is found is a function of that kind.
    let routine = unsafe {
        let library = GetModuleHandleA(c"kernelbase.dll".as_ptr().cast());
        let found = GetProcAddress(library, c"CtrlRoutine".as_ptr().cast());
        std::mem::transmute::<FARPROC, LPTHREAD_START_ROUTINE>(found)
    };
    let rights = PROCESS_CREATE_THREAD
        | PROCESS_QUERY_INFORMATION
        | PROCESS_VM_OPERATION
        | PROCESS_VM_READ
        | PROCESS_VM_WRITE;
    // SAFETY: takes no memory.
    let open = unsafe { OpenProcess(rights, 0, process) };
    if open.is_null() {
        return Err(io::Error::last_os_error());
    }
    let code = std::ptr::without_provenance(event as usize);
    // SAFETY: the process is open, and its thread takes a number in place of a pointer.
    let thread =
        unsafe { CreateRemoteThread(open, std::ptr::null(), 0, routine, code, 0, std::ptr::null_mut()) };
    if thread.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: both are open, and not used again.
    check(unsafe { CloseHandle(thread) }).and(check(unsafe { CloseHandle(open) }))
}

/// All processes: their ids, their parents', their names.
pub fn processes() -> io::Result<Vec<(u32, u32, String)>> {
    // SAFETY: takes no memory.
    let snapshot = unsafe { CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0) };
    if snapshot == INVALID_HANDLE_VALUE {
        return Err(io::Error::last_os_error());
    }
    let mut found = Vec::new();
    let size = u32::try_from(size_of::<PROCESSENTRY32W>()).unwrap_or_default();
    let mut entry = PROCESSENTRY32W { dwSize: size, ..Default::default() };
    // SAFETY: the snapshot is open, and the entry says its size.
    let mut more = unsafe { Process32FirstW(snapshot, &raw mut entry) };
    while more != 0 {
        let name = String::from_utf16_lossy(&entry.szExeFile);
        let name = name.split('\0').next().unwrap_or_default().to_owned();
        found.push((entry.th32ProcessID, entry.th32ParentProcessID, name));
        // SAFETY: as above.
        more = unsafe { Process32NextW(snapshot, &raw mut entry) };
    }
    // SAFETY: the snapshot is open, and not used again.
    check(unsafe { CloseHandle(snapshot) })?;
    Ok(found)
}
