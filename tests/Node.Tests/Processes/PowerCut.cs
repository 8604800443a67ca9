namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>A folder whose process can lose its power: what was synced is kept beside it, by powercut.c.</summary>
internal sealed class PowerCut(string root, string kept)
{
    private static string Source => Path.Combine(AppContext.BaseDirectory, "powercut.c");

    private string Library => kept + ".so";

    /// <summary>Compiles the library that keeps what was synced.</summary>
    public async Task PrepareAsync()
    {
        Directory.CreateDirectory(Path.Combine(kept, "files"));
        Directory.CreateDirectory(Path.Combine(kept, "folders"));
        string[] words = ["-shared", "-fPIC", "-O1", "-o", Library, Source];
        using var compiler = System.Diagnostics.Process.Start("gcc", words);
        await compiler.WaitForExitAsync();
        Assert.Equal(0, compiler.ExitCode);
    }

    /// <summary>For the environment of the process.</summary>
    /// <param name="leak">A number: half of all writes reach the disk at once then, as if in no order.</param>
    /// <param name="deafTo">Syncs of files whose names end so do nothing.</param>
    public string[] Assignments(int? leak, string? deafTo) =>
    [
        $"LD_PRELOAD={Library}", $"POWERCUT_ROOT={root}", $"POWERCUT_KEPT={kept}",
        .. leak is null ? Array.Empty<string>() : [$"POWERCUT_LEAK={leak}"],
        .. deafTo is null ? Array.Empty<string>() : [$"POWERCUT_DEAF={deafTo}"],
    ];

    /// <summary>
    /// Makes the folder what it is when the power is back. Files are written over in place: they stay the same files.
    /// </summary>
    public void Restore()
    {
        var lists = Directory.GetFiles(Path.Combine(kept, "folders")).Where(file => !file.EndsWith(".new"));
        foreach (var list in lists.Order(StringComparer.Ordinal)) // a folder before what is in it
        {
            var folder = Path.Combine(root, Path.GetFileName(list)[1..].Replace('%', '/').TrimStart('/'));
            var names = File.ReadLines(list).Select(line => line.Split(' ', 3)).ToDictionary(words => words[2]);
            if (!Directory.Exists(folder))
                continue; // its own name was not synced
            foreach (var gone in new DirectoryInfo(folder).GetFiles().Where(file => !names.ContainsKey(file.Name)))
                gone.Delete();
            foreach (var gone in new DirectoryInfo(folder).GetDirectories().Where(one => !names.ContainsKey(one.Name)))
                gone.Delete(recursive: true);
            foreach (var (name, words) in names.Where(pair => pair.Value[0] == "f"))
                RestoreFile(Path.Combine(kept, "files", words[1]), Path.Combine(folder, name));
        }
    }

    private static void RestoreFile(string source, string path)
    {
        using var target = new FileStream(path, FileMode.OpenOrCreate);
        target.SetLength(0);
        if (!File.Exists(source))
            return; // a name that was synced, of a file that was not
        using var synced = File.OpenRead(source);
        synced.CopyTo(target);
    }
}
