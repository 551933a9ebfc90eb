using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Harness.Architecture.Tests;

/// <summary>Looks into an assembly beside these tests without loading it.</summary>
internal static class BuiltAssembly
{
    public static string[] ReferencesOf(string project)
    {
        // The command line's assembly has the name of the command.
        var file = project == "Harness.Cli" ? "harness" : project;
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, file + ".dll"));
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
