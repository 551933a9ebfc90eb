namespace Harness.Decompositions;

/// <summary>What of a subnetwork a tensor holds.</summary>
internal enum SubmissionPart
{
    Directions,
    Mask,
    Component,
    Activity,
}
