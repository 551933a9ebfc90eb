using System.Text.RegularExpressions;

namespace Harness.Architecture.Tests.Rules;

/// <summary>No promises in the code: what is not done is an issue, and a test that is skipped tests nothing.</summary>
internal static partial class UnfinishedWork
{
    private static readonly string[] s_exempt =
    [
        "tests/Harness.Architecture.Tests/RuleMutantTests.cs", // samples of what this rule rejects
        "tests/Harness.Architecture.Tests/Rules/UnfinishedWork.cs",
        "tests/Harness.Grading.Tests/Interchange/PythonFactAttribute.cs", // skips, with the reason, where the machine has no python3
        "tests/Harness.Numerics.Tests/Support/CudaTheoryAttribute.cs", // likewise without a CUDA device
        "tests/Harness.ToyModels.Tests/Solves/OnDemandTheoryAttribute.cs", // likewise unless minutes are asked for
        "tests/Harness.StandIns.Tests/FsCheck/Samples.cs", // a skipped sample, on which the runner's skipping is tested
    ];

    public static IEnumerable<string> Violations(RepositoryFile file)
    {
        if (s_exempt.Contains(file.Path))
            yield break;
        foreach (var (line, number) in file.Lines.Select((line, index) => (line, index + 1)))
            if (Promise().IsMatch(line))
                yield return $"{file.Path}({number}) is unfinished: {line.Trim()}";
    }

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|\bNotImplementedException\b|\bSkip\s*=\s*""")]
    private static partial Regex Promise();
}
