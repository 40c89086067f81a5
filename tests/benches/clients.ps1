# The engine's own client over the same kind of process: for each line of standard input, `COUNT SCRIPT`, runs the
# script so often and writes, on one line, how many objects came at last and the milliseconds of each time.
$types = [Management.Automation.Runspaces.TypeTable]::LoadDefaultTypeFiles()
$runspace = [Management.Automation.Runspaces.RunspaceFactory]::CreateOutOfProcessRunspace($types)
$runspace.Open()
$watch = [Diagnostics.Stopwatch]::new()
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $count, $script = $line -split ' ', 2
    $objects = 0
    $taken = foreach ($i in 1..([int]$count)) {
        $powershell = [PowerShell]::Create()
        $powershell.Runspace = $runspace
        $null = $powershell.AddScript($script)
        $watch.Restart()
        $output = $powershell.Invoke()
        $watch.Stop()
        $objects = $output.Count
        $powershell.Dispose()
        $watch.Elapsed.TotalMilliseconds.ToString('R', [cultureinfo]::InvariantCulture)
    }
    [Console]::Out.WriteLine("$objects $($taken -join ' ')")
}
