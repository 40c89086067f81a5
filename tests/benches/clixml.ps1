# The engine's own reader of CLIXML: for each line of standard input, `MILLISECONDS PATH`, reads the document at the path as
# often as fits into the time, and writes how often that was and how many milliseconds of the processor it took.
$self = [Diagnostics.Process]::GetCurrentProcess()
function Get-Taken { $self.Refresh(); $self.TotalProcessorTime.TotalMilliseconds }
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $limit, $path = $line -split ' ', 2
    $text = [IO.File]::ReadAllText($path)
    $runs = 0
    $begun = Get-Taken
    do {
        $null = [Management.Automation.PSSerializer]::Deserialize($text)
        $runs++
        $taken = (Get-Taken) - $begun
    } while ($taken -lt [int]$limit)
    $taken = $taken.ToString('R', [cultureinfo]::InvariantCulture)
    [Console]::Out.WriteLine("$runs $taken")
}
