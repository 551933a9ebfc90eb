namespace Harness.ToyModels;

/// <summary>How far a planted truth may be trusted.</summary>
public enum TruthGrade
{
    /// <summary>Closed form or hand-coded; proven by the certificate.</summary>
    Exact,

    /// <summary>Trained: the task has this structure, and the certificate shows that the network uses it.</summary>
    ByTask,

    /// <summary>Kept because the literature uses it; never decides a verdict.</summary>
    Disputed,

    /// <summary>A control: nothing is planted, and a method passes by finding nothing.</summary>
    None,
}
