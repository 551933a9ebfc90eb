using FsCheck.Xunit;
using static TorchSharp.torch;

namespace Harness.Grading.Tests;

/// <summary>
/// A thousand random submissions on small exact models in every disguise: each is a score that depends on what it says and not on how it is written, or an
/// error that says what is wrong.
/// </summary>
[Properties(Arbitrary = [typeof(SubmissionSpecs)], MaxTest = 1000, QuietOnSuccess = true)]
public class SubmissionPropertyTests
{
    private const int MostTries = 300;

    /// <summary>
    /// Kills: a score above 1 by rounding or below 0 by chance correction, 0/0 on what is dead, an answer that is compared with the truth of its own place,
    /// zeros that count, rows taken as orthonormal, a rank that depends on scale.
    /// </summary>
    [Property]
    public void A_score_is_a_number_between_0_and_1_that_says_the_same_however_it_is_written(SubmissionSpec spec)
    {
        using var scope = NewDisposeScope();
        var submission = new RandomSubmission(spec);
        Assert.Null(SubmissionLaws.Broken(submission, submission.Scores));
    }

    /// <summary>Kills: a check that is missing, or that a maximum or a broadcast gets past; a message that does not say which subnetwork.</summary>
    [Property]
    public void What_is_no_answer_is_an_error_with_a_name(SubmissionSpec spec)
    {
        using var scope = NewDisposeScope();
        var submission = new RandomSubmission(spec);
        var (answer, expected) = Corruption.Of(submission);
        var exception = Assert.Throws<InvalidDecompositionException>(() => submission.Seen.Grade(RandomSubmission.Decomposition(answer)));
        Assert.Contains(expected, exception.Message);
    }

    /// <summary>The laws can be broken, each by the grader that forgets it, within a third of the cases that the real one passes.</summary>
    [Theory]
    [InlineData(typeof(ScoresNotClipped), "range")]
    [InlineData(typeof(AssignedInOrder), "order")]
    [InlineData(typeof(ZerosAreAlive), "zeros")]
    [InlineData(typeof(RowsTakenAsOrthonormal), "basis")]
    public void A_faulty_grader_breaks_its_law(Type mutant, string law)
    {
        var grader = (NaiveRecovery)Activator.CreateInstance(mutant)!;
        Assert.Contains(law, Enumerable.Range(0, MostTries).Select(seed => Broken(grader, (ulong)seed)?.Split(':')[0]));
    }

    private static string? Broken(NaiveRecovery grader, ulong seed)
    {
        using var scope = NewDisposeScope();
        var submission = new RandomSubmission(new SubmissionSpec(SmallPlant.Irregular, 0, (SubmissionKind)(seed % 4), 3, (int)seed));
        return SubmissionLaws.Broken(submission, answer => (grader.Directions(submission.Seen.Model, answer), grader.Components(submission.Seen.Model, answer)));
    }
}
