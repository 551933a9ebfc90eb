using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace Harness.ToyModels.Tests;

/// <summary>A model in a disguise.</summary>
public sealed record DisguiseSpec(string Model, DisguiseKind Kind, int Seed)
{
    /// <summary>A product with a Hessian and a certificate take a moment only up to here.</summary>
    private const long MostWork = 20_000_000;

    private static readonly Lazy<IReadOnlyList<(string Model, DisguiseKind Kind)>> s_all = new(() =>
    [
        .. from entry in ToyModelCatalog.Entries
           let model = Planted.Of(entry.Id)
           from kind in Enum.GetValues<DisguiseKind>()
           where Disguises.Admits(model, kind)
           select (entry.Id, kind),
    ]);

    /// <summary>Every model in every disguise that it admits.</summary>
    internal static IReadOnlyList<(string Model, DisguiseKind Kind)> All => s_all.Value;

    /// <summary>Those of models small enough to differentiate twice in a moment.</summary>
    internal static IReadOnlyList<(string Model, DisguiseKind Kind)> Small { get; } = [.. All.Where(one => Work(Planted.Of(one.Model)) <= MostWork)];

    internal ToyModel Original => Planted.Of(Model);

    /// <summary>The disguised twin, in the caller's dispose scope.</summary>
    internal ToyModel Twin() => Disguises.Apply(Original, Kind, (ulong)Seed);

    private static long Work(ToyModel model) => model.DataSets[0].Count * model.Model.Network.Layout.Length;

    public static class Arbitrary
    {
        public static Arbitrary<DisguiseSpec> Spec() => Arb.From(
            from one in Gen.Elements(Small.ToArray())
            from seed in Gen.Choose(0, 1_000_000)
            select new DisguiseSpec(one.Model, one.Kind, seed),
            Smaller);

        /// <summary>The kinds of a composition one by one, the smaller models, and seed 0.</summary>
        private static IEnumerable<DisguiseSpec> Smaller(DisguiseSpec spec)
        {
            if (spec.Kind == DisguiseKind.All)
                foreach (var kind in spec.Original.AdmissibleDisguises)
                    yield return spec with { Kind = kind };
            foreach (var (model, kind) in Small)
                if (kind == spec.Kind && Work(Planted.Of(model)) < Work(spec.Original))
                    yield return spec with { Model = model };
            if (spec.Seed != 0)
                yield return spec with { Seed = 0 };
        }
    }
}
