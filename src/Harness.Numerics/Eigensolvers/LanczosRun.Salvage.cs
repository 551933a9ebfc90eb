using static TorchSharp.torch;

namespace Harness.Numerics;

internal sealed partial class LanczosRun
{
    /// <summary>
    /// What stands although a product was not finite: the Ritz vectors of the basis whose fresh products are finite, with certificates from these. Of
    /// completeness nothing is known.
    /// </summary>
    private Eigenpairs Salvage()
    {
        _op.Purpose = ProductPurpose.Certificate;
        var certificate = EigenCertificate.OfNothing(_op, _request);
        if (_basis.Size > 0)
            try
            {
                certificate = OfFinite(_basis.Ritz(_request.End)) ?? certificate;
            }
            catch (NonFiniteProductException)
            {
                // Not even the probes of the noise are finite: nothing that is found can be certified.
            }
        _progress?.Report(1);
        return certificate.Issue(Completeness.Incomplete, EigenFlags.None, Relative(_basis.Asymmetry), new CompletenessEffort(_op.Split.Sweeps, _op.Split.Proof, _missed));
    }

    /// <summary>The certificate of the wanted Ritz pairs that have finite products; null if none has.</summary>
    private EigenCertificate? OfFinite(RitzPairs final)
    {
        var vectors = _basis.Vectors(final, Math.Min(_wanted, final.Values.Length));
        int[] kept = [.. Enumerable.Range(0, (int)vectors.shape[0]).Where(i => IsFinite(vectors.narrow(0, i, 1)))];
        if (kept.Length == 0)
            return null;
        var ritz = RayleighRitz.Step(_op, vectors.index_select(0, tensor(kept.Select(i => (long)i).ToArray())), _request.End, _norm, _request.Seed);
        KnownValue[] others = [.. Enumerable.Range(0, final.Values.Length).Except(kept).Select(i => new KnownValue(final.Values[i], final.Residuals[i]))];
        double[] values = [.. kept.Select(i => final.Values[i])];
        double[] radii = [.. SpectrumOrder.Reported(_request.End, values).Select(i => final.Residuals[kept[i]])];
        return new EigenCertificate(_op, _request, ritz, others, radii);
    }

    private bool IsFinite(Tensor row)
    {
        try
        {
            _op.MultiplyReference(row);
            return true;
        }
        catch (NonFiniteProductException)
        {
            return false;
        }
    }
}
