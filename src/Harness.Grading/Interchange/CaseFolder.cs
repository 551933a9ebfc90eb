using System.Text.RegularExpressions;
using Harness.Decompositions;
using Harness.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Grading;

/// <summary>The files of one exported case.</summary>
internal sealed partial class CaseFolder(string export, string id)
{
    internal string Id => id;

    internal string Directory { get; } = Path.Combine(export, id);

    internal string ModelFile => Path.Combine(Directory, "model.json");

    internal string TensorFile => Path.Combine(Directory, "model.safetensors");

    internal string DataFile => Path.Combine(Directory, "data.safetensors");

    internal string SubmissionFile => Path.Combine(Directory, DecompositionFile.Name);

    /// <summary>The cases that <c>suite.json</c> lists.</summary>
    internal static IReadOnlyList<CaseFolder> Of(string export)
    {
        var path = Path.Combine(export, SuiteDocument.FileName);
        var suite = InterchangeJson.Read<SuiteDocument>(path, "the list of cases that `harness export` wrote");
        if (suite.Schema != SuiteDocument.CurrentSchema)
            throw new SubmissionException(path, "schema", $"is '{suite.Schema}', expected '{SuiteDocument.CurrentSchema}'.");
        foreach (var id in suite.Cases)
            if (id is null || !PlainName().IsMatch(id))
                throw new SubmissionException(path, "cases", $"lists '{id}', expected names of lower-case letters, digits and dashes.");
        if (suite.Cases.Count == 0 || suite.Cases.Distinct().Count() < suite.Cases.Count)
            throw new SubmissionException(path, "cases", $"lists {string.Join(", ", suite.Cases)}, expected at least one case and none twice.");
        return [.. suite.Cases.Select(id => new CaseFolder(export, id))];
    }

    /// <summary>Names and shapes of the exported parameters.</summary>
    internal ParameterLayout ReadLayout()
    {
        try
        {
            var document = ModelDocument.Parse(InterchangeJson.Text(ModelFile, "the model that `harness export` wrote"));
            return new ParameterLayout(document.Parameters.Select(parameter => (parameter.Name, parameter.Shape.ToArray())));
        }
        catch (Exception exception) when (exception is NetworkException or ArgumentException or OverflowException)
        {
            throw new SubmissionException(ModelFile, null, exception.Message, exception);
        }
    }

    /// <summary>Number of samples of each data set.</summary>
    internal IReadOnlyDictionary<string, long> ReadSampleCounts()
    {
        const string Suffix = "/inputs";
        using var file = Open(DataFile);
        return file.Entries.Where(entry => entry.Name.EndsWith(Suffix, StringComparison.Ordinal) && entry.Shape.Count > 0)
            .ToDictionary(entry => entry.Name[..^Suffix.Length], entry => entry.Shape[0]);
    }

    /// <summary>θ* in exported order, <c>[P]</c>.</summary>
    internal Tensor ReadParameters(ParameterLayout layout)
    {
        using var scope = NewDisposeScope();
        using var file = Open(TensorFile);
        foreach (var slot in layout)
            if (!file.Contains(slot.Name) || file.Entry(slot.Name) is not { Type: SafetensorsType.F64 } entry || !entry.Shape.SequenceEqual(slot.Shape))
                throw new SubmissionException(
                    TensorFile, slot.Name,
                    $"is {(file.Contains(slot.Name) ? file.Entry(slot.Name) : "missing")}, expected F64 [{string.Join(", ", slot.Shape)}].");
        return layout.Flatten([.. layout.Select(slot => file.Load(slot.Name))]).MoveToOuterDisposeScope();
    }

    internal Submission ReadSubmission(ParameterLayout layout, IReadOnlyDictionary<string, long> samples)
    {
        if (!File.Exists(SubmissionFile))
            throw new SubmissionException(SubmissionFile, null, $"does not exist; case {id} has no answer.");
        var submission = DecompositionFile.Read(SubmissionFile, layout, samples);
        if (submission.Case != id)
            throw new SubmissionException(
                SubmissionFile, "case", $"is '{submission.Case}' in the metadata, but the file lies in the folder of case '{id}'.");
        var count = submission.Decomposition.Subnetworks.Count;
        return count <= DecompositionValidation.MostSubnetworks
            ? submission
            : throw new SubmissionException(SubmissionFile, null, $"has {count} subnetworks; at most {DecompositionValidation.MostSubnetworks} are graded.");
    }

    private static SafetensorsFile Open(string path) => File.Exists(path)
        ? SafetensorsFile.Open(path)
        : throw new SubmissionException(path, null, "does not exist; expected the file that `harness export` wrote.");

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]*\z")]
    private static partial Regex PlainName();
}
