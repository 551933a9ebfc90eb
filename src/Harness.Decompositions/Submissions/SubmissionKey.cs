using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Decompositions;

/// <summary>A tensor's name in a submission: <c>subnetwork.&lt;k&gt;.&lt;part&gt;/&lt;target&gt;</c>.</summary>
/// <param name="Subnetwork">k, from 0.</param>
/// <param name="Part">What of the subnetwork it is.</param>
/// <param name="Target">A parameter's name, or for an activity a data set's.</param>
internal sealed partial record SubmissionKey(int Subnetwork, SubmissionPart Part, string Target)
{
    internal const string Form = "subnetwork.<k>.<directions|mask|component>/<tensor> or subnetwork.<k>.activity/<data set>";

    internal static SubmissionKey? Parse(string key)
    {
        var match = Pattern().Match(key);
        return match.Success && int.TryParse(match.Groups["k"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var subnetwork)
            ? new SubmissionKey(subnetwork, Enum.Parse<SubmissionPart>(match.Groups["part"].ValueSpan, ignoreCase: true), match.Groups["target"].Value)
            : null;
    }

    public override string ToString() => $"subnetwork.{Subnetwork}.{Part.ToString().ToLowerInvariant()}/{Target}";

    [GeneratedRegex(@"\Asubnetwork\.(?<k>0|[1-9][0-9]{0,8})\.(?<part>directions|mask|component|activity)/(?<target>.+)\z", RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
