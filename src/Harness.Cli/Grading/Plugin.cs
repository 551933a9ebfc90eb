using System.Reflection;
using Harness.Decompositions;

namespace Harness.Cli;

/// <summary>A method in an assembly of the user's: <c>dll:PATH#TYPE</c>.</summary>
internal static class Plugin
{
    /// <summary>A factory for a type with a constructor without parameters.</summary>
    /// <param name="reference"><c>PATH#TYPE</c>; TYPE is its full name.</param>
    /// <exception cref="UsageException">The reference is ill-formed, or the assembly has no such method; the message lists those it has.</exception>
    /// <exception cref="InvalidDataException">The file is no assembly, cannot be loaded here, or has no method at all.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static Func<IDecompositionMethod> Load(string reference)
    {
        if (reference.LastIndexOf('#') is not (> 0 and var mark) || mark == reference.Length - 1)
            throw new UsageException($"dll:{reference}: expected dll:PATH#TYPE, e.g. dll:bin/My.dll#My.Method");
        var (path, name) = (Path.GetFullPath(reference[..mark]), reference[(mark + 1)..]);
        if (!File.Exists(path))
            throw new FileNotFoundException($"the plug-in {path} does not exist; build it first");
        var methods = Methods(path);
        if (methods.Count == 0)
            throw new InvalidDataException(
                $"the plug-in {path} has no method: no public class implements {typeof(IDecompositionMethod).FullName} "
                + "and has a constructor without parameters");
        var type = methods.FirstOrDefault(type => type.FullName == name)
            ?? throw new UsageException(NearestName.Unknown("plug-in type", name, methods.Select(type => type.FullName!)));
        // What its constructor throws is reported as such, not as the failure of a reflective call.
        return () => (IDecompositionMethod)Activator.CreateInstance(type, BindingFlags.DoNotWrapExceptions, null, null, null)!;
    }

    private static IReadOnlyList<Type> Methods(string path)
    {
        try
        {
            return
            [
                .. new PluginLoadContext(path).LoadFromAssemblyPath(path).GetExportedTypes().Where(type =>
                    typeof(IDecompositionMethod).IsAssignableFrom(type) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null),
            ];
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException)
        {
            throw new InvalidDataException($"the plug-in {path} cannot be loaded: {exception.Message}", exception);
        }
    }
}
