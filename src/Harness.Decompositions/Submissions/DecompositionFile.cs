using System.Globalization;
using Harness.Models;

namespace Harness.Decompositions;

/// <summary>
/// <c>decomposition.safetensors</c>, schema <c>decomposition/1</c>: a decomposition as a file, under the names of a parameter
/// layout. An absent tensor is zero; nothing else is guessed.
/// </summary>
public static class DecompositionFile
{
    /// <summary>The file's name within a case's folder.</summary>
    public const string Name = "decomposition.safetensors";

    /// <summary>Writes a decomposition. Coordinate subspaces become masks, other subspaces the rows of their basis.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="decomposition">The answer.</param>
    /// <param name="layout">Names and shapes under which its flat vectors are split.</param>
    /// <param name="caseId">The case it answers.</param>
    /// <param name="seed">The seed that the method was run with.</param>
    /// <param name="notes">Free text, or null.</param>
    /// <exception cref="ArgumentException">A subspace or component does not have the layout's length.</exception>
    public static void Write(
        string path, Decomposition decomposition, ParameterLayout layout, string caseId, ulong seed, string? notes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(decomposition);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentException.ThrowIfNullOrEmpty(caseId);
        var metadata = new SortedDictionary<string, string>(decomposition.Metadata.ToDictionary(), StringComparer.Ordinal)
        {
            [SubmissionMetadata.Schema] = SubmissionMetadata.CurrentSchema,
            [SubmissionMetadata.Case] = caseId,
            [SubmissionMetadata.Method] = decomposition.Method.Name,
            [SubmissionMetadata.Version] = decomposition.Method.Version,
            [SubmissionMetadata.Seed] = seed.ToString(CultureInfo.InvariantCulture),
        };
        if (notes is not null)
            metadata[SubmissionMetadata.Notes] = notes;
        SubmissionWriter.Write(path, decomposition.Subnetworks, layout, metadata);
    }

    /// <summary>The case that a file says it answers; null where it says nothing. Nothing else of the file is checked.</summary>
    /// <exception cref="SafetensorsException">The file breaks the safetensors format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? CaseOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = SafetensorsFile.Open(path);
        return file.Metadata.GetValueOrDefault(SubmissionMetadata.Case);
    }

    /// <summary>Reads and checks a decomposition. Its tensors belong to the caller's dispose scope.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">Names and shapes of the case's parameters.</param>
    /// <param name="samples">Number of samples of each of the case's data sets.</param>
    /// <remarks>
    /// A direction's length carries no meaning: rows are normalised before they are orthonormalised, so that a short row counts as much as a long
    /// one. All-zero directions, masks and components are legal: a dead subnetwork. float16, bfloat16 and float32 are widened.
    /// </remarks>
    /// <exception cref="SafetensorsException">The file breaks the safetensors format.</exception>
    /// <exception cref="SubmissionException">A key, shape, type or value is not as the schema says; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Submission Read(string path, ParameterLayout layout, IReadOnlyDictionary<string, long> samples)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(samples);
        using var file = SafetensorsFile.Open(path);
        return new SubmissionReader(file, layout, samples).Read();
    }
}
