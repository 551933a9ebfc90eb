namespace Harness.Grading;

/// <summary>By what it is told that an answer claims structure on a control.</summary>
internal enum ControlKind
{
    /// <summary>The plant of the original is a statement about its weights, and at the control's weights it is false: by recovering it all the same.</summary>
    Recovery,

    /// <summary>The plant of the original is true of any weights ("column i of W"): by components that do the original's task, which the control does not do.</summary>
    Function,

    /// <summary>There is no original to compare with: by the number of parts.</summary>
    Parts,
}
