using System.IO.Enumeration;
using Harness.Decompositions;
using Harness.Grading;
using Harness.Methods;
using Harness.Models;
using Harness.ToyModels;

namespace Harness.Cli;

/// <summary>Reads a method selector: <c>builtin:NAME</c>, <c>builtin:miniature/NAME</c>, <c>dll:PATH#TYPE</c> or <c>file:PATH</c>.</summary>
internal static class MethodSelector
{
    private const string Builtin = "builtin:";
    private const string Miniature = "builtin:miniature/";
    private const string File = "file:";
    private const string Dll = "dll:";

    /// <summary>Every built-in method. Baselines are judged only where they are named.</summary>
    public static IReadOnlyList<GradedMethod> BuiltIn =>
    [
        .. MethodCatalog.Methods.Where(method => !MethodCatalog.Costly.Contains(method.Name)).Select(method => Read(Builtin + method.Name) with
        {
            Role = MethodCatalog.Baselines.Contains(method.Name) ? MethodRole.Baseline : MethodRole.Method,
        }),
    ];

    /// <summary>The methods that a selector names: one, or all miniatures of a pattern with * and ?.</summary>
    /// <exception cref="UsageException">The selector is none of the known forms, or names nothing.</exception>
    /// <exception cref="SafetensorsException">The file is no safetensors file.</exception>
    public static IReadOnlyList<GradedMethod> ReadAll(string selector)
    {
        if (!selector.StartsWith(Miniature, StringComparison.Ordinal) || !selector.AsSpan().ContainsAny('*', '?'))
            return [Read(selector)];
        var pattern = selector[Miniature.Length..];
        var matching = MiniatureCatalog.All.Where(miniature => FileSystemName.MatchesSimpleExpression(pattern, miniature.Name, false)).ToList();
        return matching.Count > 0
            ? [.. matching.Select(GradedMethod.Of)]
            : throw new UsageException($"no miniature matches '{pattern}' (harness list miniatures)");
    }

    /// <summary>The method that a selector names.</summary>
    /// <exception cref="UsageException">The selector is none of the known forms, or names nothing.</exception>
    /// <exception cref="SafetensorsException">The file is no safetensors file.</exception>
    public static GradedMethod Read(string selector) => selector switch
    {
        _ when selector.StartsWith(Miniature, StringComparison.Ordinal) => OfMiniature(selector[Miniature.Length..]),
        _ when selector.StartsWith(Builtin, StringComparison.Ordinal) => OfMethod(selector),
        _ when IsFile(selector) => OfFile(selector),
        _ when selector.StartsWith(Dll, StringComparison.Ordinal) => GradedMethod.Blind(selector, Plugin.Load(selector[Dll.Length..])),
        _ => throw new UsageException(
            $"unknown method selector '{selector}'; expected builtin:NAME, builtin:miniature/NAME, dll:PATH#TYPE or file:PATH.safetensors (harness list methods)"),
    };

    /// <summary>Whether a selector names an answer in a file, which fits one model in one disguise.</summary>
    public static bool IsFile(string selector) => selector.StartsWith(File, StringComparison.Ordinal);

    /// <summary>The path that a <c>file:</c> selector names.</summary>
    public static string PathOf(string selector) => selector[File.Length..];

    private static GradedMethod OfMethod(string selector)
    {
        var name = selector[Builtin.Length..];
        if (MethodCatalog.Methods.All(method => method.Name != name))
            throw new UsageException(NearestName.Unknown("method", name, MethodCatalog.Methods.Select(method => method.Name)));
        return GradedMethod.Blind(selector, () => MethodCatalog.Create(name));
    }

    private static GradedMethod OfMiniature(string name) => GradedMethod.Of(MiniatureCatalog.All.FirstOrDefault(miniature => miniature.Name == name)
        ?? throw new UsageException(NearestName.Unknown("miniature", name, MiniatureCatalog.All.Select(miniature => miniature.Name))));

    private static GradedMethod OfFile(string selector)
    {
        var path = selector[File.Length..];
        if (path.Length == 0)
            throw new UsageException("file: needs a path: file:decomposition.safetensors");
        // What is no such file at all says so before anything runs.
        SafetensorsFile.Open(path).Dispose();
        return new(selector, MethodRole.Method, (model, _) => new SubmittedAnswer(Read(path, model))) { IsFixed = true };
    }

    private static Decomposition Read(string path, ToyModel model) => DecompositionFile.Read(
        path, model.Model.Network.Layout, model.DataSets.ToDictionary(set => set.Name, set => set.Count)).Decomposition;
}
