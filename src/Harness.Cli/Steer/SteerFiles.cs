using System.Globalization;
using Harness.Grading;
using Harness.Reporting;

namespace Harness.Cli;

/// <summary>Writes a steering result into a folder: numbers as JSON and CSV, pictures as SVG.</summary>
internal static class SteerFiles
{
    /// <summary>Writes all files, each at once or not at all.</summary>
    /// <param name="folder">Made if it is missing.</param>
    /// <param name="view">The numbers.</param>
    /// <param name="result">What the pictures show.</param>
    public static void Write(string folder, SteerView view, SteerResult result)
    {
        Directory.CreateDirectory(folder);
        void Put(string name, string text)
        {
            var partial = Path.Combine(folder, $".{name}.partial");
            File.WriteAllText(partial, text);
            File.Move(partial, Path.Combine(folder, name), overwrite: true);
        }

        using (var json = new StringWriter())
        {
            JsonDocumentWriter.Write(json, view);
            Put("steering.json", json.ToString());
        }
        Put("curves.csv", Csv(result));
        var (keep, ablate, mixed) = result.Data.Names;
        foreach (var row in result.Rows.Where(row => row.Grade.Curve is not null))
            Put($"curve-{FileName(row.Name)}.svg", SteeringPicture.Of(
                $"{view.Model}: keep {keep}, ablate {ablate} by {row.Name}", row.Grade.Curve!, result.Data.Names, result.Norm, row.Grade.Choice!.Lambda, row.Validity));
        if (result.Singles.Count > 0)
            Put("eigenvectors.svg", SteeringPicture.Singles(
                $"{view.Model}: keep {keep}, ablate {ablate}, one eigenvector at a time",
                [.. result.Singles.Select(single => (single.Backwards, single.Forwards, single.Validity))], result.Data.Names, result.Norm));
        Put("overlap.svg", IndependencePicture.Overlap(keep, ablate, result.Independence));
        if (result.Colours is { } colours)
            Put("colours.svg", IndependencePicture.Colours(keep, ablate, mixed, colours));
        foreach (var sweep in result.Sweeps)
            Put($"sweep-{sweep.Name}.svg", SteeringPicture.Sweep(
                $"{view.Model}: keep {keep}, ablate {ablate} by {sweep.Name}", result.Data.Names, "directions avoided",
                [.. sweep.Counts.Zip(sweep.Grades, (count, grade) => (count, grade.Chosen)).Where(pair => pair.Chosen is not null).Select(pair => (pair.count, pair.Chosen!))]));
    }

    /// <summary>One line per method or direction, sense and step.</summary>
    private static string Csv(SteerResult result)
    {
        var lines = new List<string> { "method,direction,sign,lambda,keep_loss,keep_accuracy,ablate_loss,ablate_accuracy,mixed_loss,mixed_accuracy" };
        foreach (var (name, curve) in result.Rows.Where(row => row.Grade.Curve is not null).Select(row => (row.Name, row.Grade.Curve!))
            .Concat(result.Singles.SelectMany(single => new[] { single.Forwards, single.Backwards }).Select(curve => ("hessian-steering, single", curve))))
            lines.AddRange(curve.Points.Select(point => string.Create(
                CultureInfo.InvariantCulture,
                $"\"{name}\",{curve.Direction},{curve.Sign},{point.Lambda:R},{Numbers(point.Keep)},{Numbers(point.Ablate)},{(point.Mixed is { } mixed ? Numbers(mixed) : ",")}")));
        return string.Join("\n", lines) + "\n";
    }

    private static string Numbers(SetScore score) => string.Create(CultureInfo.InvariantCulture, $"{score.Loss:R},{score.Accuracy:R}");

    private static string FileName(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Replace("--", "-", StringComparison.Ordinal);
}
