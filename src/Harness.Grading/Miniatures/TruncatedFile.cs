using Harness.Decompositions;

namespace Harness.Grading;

/// <summary>An answer that goes through a file of which the end is lost on the way.</summary>
internal static class TruncatedFile
{
    /// <summary>Writes the answer, cuts the file in half and reads it.</summary>
    /// <exception cref="InvalidDecompositionException">Always, in a grader that works: what reading the file says.</exception>
    internal static IReadOnlyList<Subnetwork> Of(MiniatureContext context, IReadOnlyList<Subnetwork> answer)
    {
        var path = Path.GetTempFileName();
        try
        {
            var decomposition = new Decomposition(new MethodInfo("truncated", "1", "", false), answer, new Dictionary<string, string>());
            DecompositionFile.Write(path, decomposition, context.Profile.Layout, context.Model.Id, 0);
            using (var file = File.OpenWrite(path))
                file.SetLength(file.Length / 2);
            return DecompositionFile.Read(path, context.Profile.Layout, context.Model.DataSets.ToDictionary(set => set.Name, set => set.Count))
                .Decomposition.Subnetworks;
        }
        catch (Exception exception) when (exception is SubmissionException or Models.SafetensorsException)
        {
            throw new InvalidDecompositionException(exception.Message.Replace(path, DecompositionFile.Name, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
