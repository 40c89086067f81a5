# Verifies a run of greenlight without greenlight: the chain of its journal, each file that a record vouches for, and a head code.
#
#     powershell -NoProfile -ExecutionPolicy Bypass -File verify-run.ps1 RUN-FOLDER [HEAD-CODE]
#
# Exit codes: 0 as it was written, 5 something is not, 6 written in a format that is not known here, 2 usage.
# The format is described in journal-format.md. PowerShell 3.0 or later, on any system; it reads, and changes nothing.
param([string]$Run, [string]$Head)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0
$kinds = 'begun', 'resumed', 'set-aside', 'left-behind', 'stood-still', 'input-given', 'shell-starting', 'shell-opened',
    'shell-ended', 'queued', 'started', 'apply-planned', 'apply-given-up', 'asked', 'answered', 'stop-asked', 'timeout-extended', 'kill-asked', 'held', 'released', 'checked',
    'applied', 'attested', 'applicability-known', 'expired', 'wait-ended', 'go-begun', 'go-ended', 'handoff-begun', 'handoff-abandoned',
    'handoff-confirmed', 'sealed'
$longest = 64MB
$sha256 = [Security.Cryptography.SHA256]::Create()
$ascii = [Text.Encoding]::ASCII
# In Windows PowerShell and in PowerShell 7 the reader of JSON is in another library.
foreach ($library in 'System.Runtime.Serialization', 'System.Runtime.Serialization.Json') {
    try { Add-Type -AssemblyName $library } catch { }
}

$script:problems = 0
function Write-Problem([string]$What) { $script:problems++; Write-Output $What }

function Get-Hex([byte[]]$Bytes) { [BitConverter]::ToString($Bytes).Replace('-', '').ToLowerInvariant() }

function Open-Plain([string]$Path) {
    if ((Get-Item -LiteralPath $Path -Force).PSIsContainer) { throw "$Path is a folder" }
    # Also while greenlight has the run open.
    [IO.File]::Open($Path, [IO.FileMode]::Open, [IO.FileAccess]::Read, [IO.FileShare]'ReadWrite, Delete')
}

function Test-File([string]$Record, [string]$Name, [string]$Digest, [string]$Length) {
    # A name leads down into the folder, and is the same on every system.
    if ($Name -eq '' -or $Name -match '[\\:]|^/|(^|/)\.\.(/|$)') {
        return Write-Problem "$Name, named by record ${Record}: it leads out of the folder"
    }
    $stream = $null
    try {
        $stream = Open-Plain (Join-Path $Run $Name)
        if ($Length -ne '' -and "$($stream.Length)" -cne $Length) {
            return Write-Problem "$Name, named by record ${Record}: its length is $($stream.Length) bytes"
        }
        if ((Get-Hex $sha256.ComputeHash($stream)) -cne $Digest) {
            return Write-Problem "$Name, named by record ${Record}: its content has changed"
        }
        $script:files++
    } catch {
        Write-Problem "$Name, named by record ${Record}: it cannot be read: $($_.Exception.Message)"
    } finally {
        if ($stream) { $stream.Dispose() }
    }
}

# The code that greenlight shows for a record: its number, and the first 80 bits of its digest in Crockford's base 32.
function Get-Code([int]$Number, [string]$Digest) {
    $nibbles = $Digest.Substring(0, 20).ToCharArray() | ForEach-Object { [Convert]::ToInt32([string]$_, 16) }
    $bits = -join ($nibbles | ForEach-Object { [Convert]::ToString([int]$_, 2).PadLeft(4, '0') })
    $fives = 0..15 | ForEach-Object { [Convert]::ToInt32($bits.Substring(5 * $_, 5), 2) }
    $digits = $fives | ForEach-Object { '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[$_] }
    "$Number-$((-join $digits) -replace '(.{4})(?=.)', '$1-')"
}

if ($Run -eq '' -or $args.Count -ne 0 -or -not (Test-Path -LiteralPath $Run -PathType Container)) {
    Write-Output 'usage: verify-run.ps1 RUN-FOLDER [HEAD-CODE]'; exit 2
}
$Run = (Resolve-Path -LiteralPath $Run).ProviderPath
# As people copy it: any dash or space, either case, O for 0, I or L for 1.
$code = ($Head.Trim() -replace '[\s\u2010-\u2015\u2212]', '-').ToUpperInvariant() -replace 'O', '0' -replace '[IL]', '1'
if ($Head -ne '' -and $code -cnotmatch '^([0-9]{1,9})-((-*[0-9A-HJKMNP-TV-Z]){16})-*$') { Write-Output "$Head is no head code"; exit 2 }
if ($Head -ne '') { $wanted = [int]$Matches[1]; $code = "$wanted-" + ($Matches[2].Replace('-', '') -replace '(.{4})(?=.)', '$1-') }

$script:files = 0
$coded = $null
$later = $null
$prev = '0' * 64
$record = 0
$start = 0
try {
    $stream = Open-Plain (Join-Path $Run 'journal.jsonl')
    $reader = New-Object IO.BinaryReader $stream
    $bytes = $reader.ReadBytes([int]$stream.Length)
    $stream.Dispose()
} catch { Write-Output "the journal cannot be read: $($_.Exception.Message)"; exit 5 }
if ($bytes.Length -eq 0) { Write-Output 'the journal is empty'; exit 5 }

while ($start -lt $bytes.Length) {
    $key = if ($record -eq 0) { 'header' } else { 'event' }
    $begin = "{`"seq`":$record,`"prev`":`"$prev`",`"${key}`":"
    $end = [Array]::IndexOf($bytes, [byte]10, $start)
    if ($end -lt 0) { Write-Problem "record ${record}: it is cut off"; break }
    # Before the digest: ,"hash":" and behind it "}
    $body = $end - $start - 75
    if ($body -lt $begin.Length -or $end - $start -ge $longest) {
        Write-Problem "record ${record}: it does not have the form of a record"; break
    }
    $hash = Get-Hex $sha256.ComputeHash($bytes, $start, $body)
    if ($ascii.GetString($bytes, $start + $body, 75) -cne ",`"hash`":`"$hash`"}") {
        Write-Problem "record ${record}: its digest does not fit its content"; break
    }
    if ($ascii.GetString($bytes, $start, $begin.Length) -cne $begin) {
        Write-Problem "record ${record}: it does not follow the record before it"; break
    }

    # The content as a tree of XML, whose reader takes any length and no text for a date.
    $content = New-Object Xml.XmlDocument
    try {
        $from = $start + $begin.Length
        $most = [Xml.XmlDictionaryReaderQuotas]::Max
        $content.Load([Runtime.Serialization.Json.JsonReaderWriterFactory]::CreateJsonReader($bytes, $from, $start + $body - $from, $most))
    } catch {
        Write-Problem "record ${record}: it is no JSON: $($_.Exception.Message)"; break
    }
    $place = if ($record -eq 0) { '/root/' } else { '/root/event/' }
    $format = $content.SelectSingleNode($place + 'format')
    if ($format -and $format.InnerText -cnotmatch '^[12]$') { $later = "format $($format.InnerText)"; break }
    if ($record -eq 0) {
        $kind = $content.SelectSingleNode('/root/kind')
        if ($kind -and $kind.InnerText -cne 'checklist') { $later = "a run of another kind, $($kind.InnerText)"; break }
        $checklist = $content.SelectSingleNode('/root/checklist')
        if (-not $checklist) { $later = 'no checklist'; break }
        Test-File $record 'checklist.toml' $checklist.InnerText ''
    } else {
        $kind = $content.SelectSingleNode('/root/event/type')
        if (-not $kind -or $kinds -cnotcontains $kind.InnerText) { $later = 'an event that is not known here'; break }
    }
    # What has these three names a file of the run, in whichever event it stands.
    foreach ($file in $content.SelectNodes('//*[file and sha256 and bytes]')) {
        $name, $digest, $length = 'file', 'sha256', 'bytes' | ForEach-Object { $file.SelectSingleNode($_).InnerText }
        Test-File $record $name $digest $length
    }
    if ($Head -ne '' -and $record -eq $wanted) { $coded = Get-Code $record $hash }
    $prev = $hash
    $record++
    $start = $end + 1
}
if ($Head -ne '' -and $coded -cne $code -and ($coded -or -not $later)) { Write-Problem "it does not fit the head code $code" }
if ($later) { Write-Output "record ${record}: written by a later greenlight ($later), and nothing from there on was looked at" }
if ($script:problems -ne 0) { exit 5 }
if ($later) { exit 6 }
Write-Output "$($record - 1) records, no damage found, $($script:files) files; head $(Get-Code ($record - 1) $prev)"
exit 0
