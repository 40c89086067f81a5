# The engine's own reader of CLIXML: for each line of standard input, `MILLISECONDS PATH`, reads the document at the path as
# often as fits into the time, and writes how often that was and how many milliseconds it took.
$watch = [Diagnostics.Stopwatch]::new()
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $limit, $path = $line -split ' ', 2
    $text = [IO.File]::ReadAllText($path)
    $runs = 0
    $watch.Restart()
    do {
        $null = [Management.Automation.PSSerializer]::Deserialize($text)
        $runs++
    } while ($watch.Elapsed.TotalMilliseconds -lt [int]$limit)
    $taken = $watch.Elapsed.TotalMilliseconds.ToString('R', [cultureinfo]::InvariantCulture)
    [Console]::Out.WriteLine("$runs $taken")
}
