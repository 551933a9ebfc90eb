using System.Globalization;

namespace Harness.Cli;

/// <summary>The files mapped into this process, from Linux's <c>/proc/self/maps</c>: what was really loaded, not what was asked for.</summary>
internal sealed class MemoryMap
{
    private readonly List<(ulong Start, ulong End, string Path)> _ranges = [];

    private MemoryMap()
    {
    }

    /// <summary>The paths, each once, in the order of their addresses.</summary>
    public IEnumerable<string> Files => _ranges.Select(range => range.Path).Distinct();

    /// <summary>The map now; empty on systems without <c>/proc</c>.</summary>
    public static MemoryMap Read() => Parse(File.Exists("/proc/self/maps") ? File.ReadLines("/proc/self/maps") : []);

    /// <summary>Reads lines as <c>7f00-7fff r-xp 00000000 fe:01 123    /usr/lib/x.so</c>; lines without a file are skipped.</summary>
    public static MemoryMap Parse(IEnumerable<string> lines)
    {
        var map = new MemoryMap();
        foreach (var line in lines)
        {
            var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (fields is [var range, _, _, _, _, ['/', ..] path] && range.Split('-') is [var start, var end]
                && ulong.TryParse(start, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var from)
                && ulong.TryParse(end, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var to))
                map._ranges.Add((from, to, path));
        }

        return map;
    }

    /// <summary>The file whose mapping holds an address; null when none does.</summary>
    public string? FileAt(nint address) =>
        _ranges.Find(range => (ulong)address >= range.Start && (ulong)address < range.End).Path;

    /// <summary>The first file whose name begins so; null when none does.</summary>
    public string? Find(params string[] prefixes) =>
        Files.FirstOrDefault(path => prefixes.Any(prefix => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal)));
}
