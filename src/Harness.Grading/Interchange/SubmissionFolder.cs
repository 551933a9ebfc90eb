using Harness.Decompositions;
using Harness.Models;
using Harness.Numerics;
using Harness.ToyModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>An export to which answers were added. Nothing in it is trusted: every problem is an error that names the file.</summary>
public static class SubmissionFolder
{
    /// <summary>Checks every answer against its case's <c>model.json</c>. Needs no key.</summary>
    /// <exception cref="SubmissionException">A file is missing, or not as it should be.</exception>
    /// <exception cref="SafetensorsException">A tensor file breaks the format.</exception>
    public static SubmissionCheck Check(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var cases = CaseFolder.Of(directory);
        var subnetworks = 0;
        foreach (var folder in cases)
        {
            using var scope = NewDisposeScope();
            subnetworks += folder.ReadSubmission(folder.ReadLayout(), folder.ReadSampleCounts()).Decomposition.Subnetworks.Count;
        }
        return new SubmissionCheck(cases.Count, subnetworks);
    }

    /// <summary>
    /// Reads every answer with the model it answers, made again from the key. Tensors belong to the caller's dispose scope.
    /// </summary>
    /// <param name="directory">The export.</param>
    /// <param name="keyFile">The key; null: the one beside the folder.</param>
    /// <exception cref="SubmissionException">A file is missing or not as it should be, or the key is not this folder's.</exception>
    /// <exception cref="SafetensorsException">A tensor file breaks the format.</exception>
    public static IReadOnlyList<SubmittedCase> Read(string directory, string? keyFile = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var cases = CaseFolder.Of(directory);
        var path = keyFile ?? ExportKey.PathFor(directory);
        var key = ExportKey.Read(path);
        // Otherwise a case that went badly could be left out of the list, and nobody would notice.
        if (key.Cases.Keys.Except(cases.Select(folder => folder.Id)).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
            throw new SubmissionException(
                Path.Combine(directory, SuiteDocument.FileName), "cases", $"lacks {string.Join(", ", missing)} of {path}; every exported case is graded.");
        return
        [
            .. cases.Select(folder => key.Cases.GetValueOrDefault(folder.Id) is { } entry
                ? Read(folder, entry, path)
                : throw new SubmissionException(path, folder.Id, $"is a case of {directory} but not of this key.")),
        ];
    }

    private static SubmittedCase Read(CaseFolder folder, ExportKey.Entry entry, string keyFile)
    {
        var (toy, names) = Rebuild(folder.Id, entry, keyFile);
        using var scope = NewDisposeScope();
        CheckParameters(folder, entry, names, toy);
        var submission = folder.ReadSubmission(names.Layout, toy.DataSets.ToDictionary(data => data.Name, data => data.Count));
        var subnetworks = submission.Decomposition.Subnetworks.Select(subnetwork => ToModel(subnetwork, names.Map)).ToArray();
        var decomposition = (submission.Decomposition with { Subnetworks = subnetworks }).MoveToOuterDisposeScope();
        return new SubmittedCase(folder.Id, entry.Recipe, toy, submission with { Decomposition = decomposition });
    }

    private static (ToyModel Toy, ExportedNames Names) Rebuild(string id, ExportKey.Entry entry, string keyFile)
    {
        try
        {
            var toy = entry.Recipe.Build();
            return (toy, new ExportedNames(toy.Model.Network.Layout, entry.Parameters));
        }
        catch (Exception exception) when (exception is KeyNotFoundException or ArgumentException)
        {
            throw new SubmissionException(keyFile, id, $"cannot be made again: {exception.Message}", exception);
        }
    }

    /// <remarks>
    /// The hash catches a folder that was changed, or another export's; the comparison catches a tool whose models have changed.
    /// </remarks>
    private static void CheckParameters(CaseFolder folder, ExportKey.Entry entry, ExportedNames names, ToyModel toy)
    {
        var exported = folder.ReadParameters(names.Layout);
        if (Hashes.OfVector(exported) != entry.ThetaHash)
            throw new SubmissionException(
                folder.TensorFile, null, "its parameters are not those that the key was written for. Use the files and the key of one export.");
        var rebuilt = names.Map.Apply(toy.Model.Parameters.unsqueeze(0)).squeeze(0);
        var difference = (exported - rebuilt).abs().max().ToDouble() / rebuilt.abs().max().ToDouble();
        if (!(difference <= Tolerances.RebuiltParameters))
            throw new SubmissionException(
                folder.TensorFile, null,
                $"its parameters differ from those that this version makes from the same recipe by {difference:g3} of the largest, "
                + $"expected at most {Tolerances.RebuiltParameters:g1}. Grade it with the version that exported it.");
    }

    private static Subnetwork ToModel(Subnetwork subnetwork, MonomialMap map) => subnetwork with
    {
        Directions = subnetwork.Directions is { } directions ? Subspaces.Transform(map, directions, inverse: true) : null,
        Component = subnetwork.Component is { } component ? map.ApplyInverse(component.unsqueeze(0)).squeeze(0) : null,
    };
}
