using Harness.Numerics;
using Spectre.Console;

namespace Harness.Cli;

/// <summary>What <c>harness eigen</c> prints for people: the pairs, what was checked and against what, and what to know.</summary>
internal static class EigenTables
{
    internal static void Print(string title, EigenView view, Eigenpairs pairs, EigenValidity? validity, IAnsiConsole console)
    {
        console.WriteLine($"{title}: {Plural.Of(view.Parameters, "parameter")}, {Plural.Of(view.Samples, "sample")}; the {view.Top} {Wanted(view.Which)} wanted");
        if (pairs.Count > 0)
            Found(view, pairs, validity, console);
        console.WriteLine(
            $"{(pairs.Count > 0 ? Sure(pairs) : "NO PAIR is returned")}; {Plural.Of(view.Products, "product")}, {Plural.Of(view.Gradients, "gradient")}; "
            + view.Seconds.Sentence());
        foreach (var remark in EigenRemarks.Of(view, pairs))
            console.WriteLine(remark);
    }

    private static void Found(EigenView view, Eigenpairs pairs, EigenValidity? validity, IAnsiConsole console)
    {
        console.Write(Pairs(pairs, validity));
        foreach (var line in Legend(pairs, validity))
            console.WriteLine(line);
        console.WriteLine();
        var failed = view.Checks.Count(check => !check.Holds);
        console.WriteLine(
            $"Checks from fresh products, {(failed == 0 ? "all within their limits" : $"{failed} ABOVE THE LIMIT")}; the noise of the products is "
            + $"η = {view.Noise:0.0E+0}, ‖H‖ = {view.Norm:G6}");
        console.Write(Checks(view.Checks));
    }

    internal static Table Checks(IEnumerable<MeasuredRatio> checks)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("check");
        table.AddColumn(new TableColumn("measured").RightAligned()).AddColumn(new TableColumn("limit").RightAligned()).AddColumn("");
        table.AddColumn("of what").AddColumn("limit derived at");
        foreach (var check in checks)
            table.AddRow(
                check.Name, Short(check.Measured), $"{check.Limit:G3}", check.Holds ? "holds" : "[red]FAILS[/]", Markup.Escape(check.Formula),
                check.Tolerance == "bitwise" ? "bitwise" : $"Tolerances.{check.Tolerance}");
        return table;
    }

    internal static Table Pairs(Eigenpairs pairs, EigenValidity? validity)
    {
        var isPiecewise = validity?.Radii?.Any(radius => radius.Flips.Total > 0) == true;
        var table = new Table().Border(TableBorder.Simple).AddColumn("#");
        string[] headings = ["eigenvalue", "±", "residual", "angle ± (rad)", "cluster"];
        string[] extra = [.. validity?.Radii is null ? Array.Empty<string>() : ["valid to"], .. isPiecewise ? ["gates flipped"] : Array.Empty<string>()];
        foreach (var heading in headings.Concat(extra))
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        for (var i = 0; i < pairs.Count; i++)
        {
            var cluster = pairs.Clusters.First(cluster => cluster.Members.Contains(i));
            List<string> cells =
            [
                $"{i + 1}", $"{pairs.Values[i]:G10}", $"{pairs.ValueBounds[i]:0.0E+0}",
                $"{pairs.Residuals[i]:0.0E+0}{(pairs.IsConverged(i) ? "" : " !")}",
                pairs.AngleBounds[i] is { } angle ? $"{angle:0.0E+0}" : "no gap",
                EigenRemarks.Ranks(cluster.Members) + (cluster.IsCut ? " …" : ""),
            ];
            if (validity?.Radii is { } radii)
                cells.Add(Validity(radii[i], validity.Reach));
            if (isPiecewise)
                cells.Add(validity!.Radii![i] is { Radius: not null } radius ? $"{radius.Flips.Flipped} ({Share(radius.Flips.Share)})" : "");
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        return table;
    }

    private static string Validity(ValidityRadius radius, double reach) => radius.Outcome switch
    {
        ValidityOutcome.Held => $"≥ {reach:G3}",
        ValidityOutcome.Left => $"{radius.Radius:G3}",
        ValidityOutcome.NeverHeld => $"< {radius.LeastStep:0.0E+0}",
        ValidityOutcome.ZeroEigenvalue => "λ ≈ 0",
        _ => "not measurable",
    };

    internal static IEnumerable<string> Legend(Eigenpairs pairs, EigenValidity? validity)
    {
        if (Enumerable.Range(0, pairs.Count).Any(i => !pairs.IsConverged(i)))
            yield return "!: above the residual it had to reach";
        if (pairs.Clusters.Any(cluster => cluster.Members.Count > 1 || cluster.IsCut))
            yield return "cluster: eigenvalues that cannot be told apart; only the space that their vectors span has a meaning";
        if (validity?.Radii is { } radii)
        {
            yield return $"valid to: the longest step along ±v up to which the loss curves by the eigenvalue to within a factor {Tolerances.ValidityFactor}; "
                + $"‖θ‖ = {validity.Reach:G4}";
            if (radii.Any(radius => radius.Outcome == ValidityOutcome.NeverHeld))
                yield return "valid to < s: not even at s, the shortest step at which rounding lets the curvature be measured";
            if (radii.Select(radius => radius.Flips.Total).Max() is > 0 and var gates)
                yield return $"gates flipped: of {gates} (unit, sample) pairs, those on another side of their kink by then";
        }
        else if (validity?.Reason is { } reason)
        {
            yield return $"no validity radius: {reason}";
        }
    }

    private static string Wanted(string which) => which switch
    {
        "above-null" => "lowest above zero",
        "magnitude" => "largest by magnitude",
        _ => which,
    };

    private static string Sure(Eigenpairs pairs) => pairs.Completeness switch
    {
        Completeness.Proved => "none is missing: proved",
        Completeness.Probable => $"none is missing as far as {Plural.Of(pairs.Effort.SweepProducts, "product")} of searching can tell",
        _ => "some MAY BE MISSING",
    };

    private static string Share(double share) => share is 0 or >= 1e-3 ? $"{share:0.#%}" : $"{share:0.0E+0}";

    private static string Short(double measured) => measured is 0 or (>= 0.001 and < 1e4) ? $"{measured:0.###}" : $"{measured:0.0E+0}";
}
