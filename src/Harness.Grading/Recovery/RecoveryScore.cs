namespace Harness.Grading;

/// <summary>Recovery in one column.</summary>
/// <param name="Value">Σ of the matched scores / max(m, n), 0 … 1.</param>
/// <param name="Planted">m.</param>
/// <param name="Shape">The submitted subnetworks that took part.</param>
/// <param name="Dead">Submitted subnetworks that did not.</param>
/// <param name="Matches">The pairs, by planted index.</param>
public sealed record RecoveryScore(double Value, int Planted, AnswerShape Shape, int Dead, IReadOnlyList<SubnetworkMatch> Matches)
{
    /// <summary>n, the number of submitted subnetworks that took part.</summary>
    public int Alive => Shape.Count;
}
