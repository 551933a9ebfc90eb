namespace VerifyTests;

/// <summary>Settings of one snapshot.</summary>
public class VerifySettings
{
    /// <summary>Default settings: beside the test's source, named after class and method, compared exactly.</summary>
    public VerifySettings()
    {
    }

    /// <summary>Copies <paramref name="settings"/>; <c>null</c> gives the defaults.</summary>
    public VerifySettings(VerifySettings? settings)
    {
        if (settings is not null)
            (Directory, FileName, Parameters, Comparer) = (settings.Directory, settings.FileName, settings.Parameters, settings.Comparer);
    }

    internal string? Directory { get; private set; }
    internal string? FileName { get; private set; }
    internal object?[]? Parameters { get; private set; }
    internal StringCompare? Comparer { get; private set; }

    /// <summary>The folder of the snapshot, relative to that of the test's source.</summary>
    public void UseDirectory(string directory) => Directory = directory;

    /// <summary>The file name, without <c>.verified.txt</c>, in place of class, method and parameters.</summary>
    public void UseFileName(string fileName) => FileName = fileName;

    /// <summary>The values of the test's parameters, in order; they become part of the file name.</summary>
    public void UseParameters(params object?[] parameters) => Parameters = parameters;

    /// <summary>Compares this snapshot by <paramref name="compare"/>.</summary>
    public void UseStringComparer(StringCompare compare) => Comparer = compare;
}
