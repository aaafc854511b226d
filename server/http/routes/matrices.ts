import { z } from 'zod';
import { Matrix, NewMatrix } from '../../../models/api/matrix.ts';
import { matrixReport } from '../../../pipeline/compare/report/matrixReport.ts';
import { type Matrices, openMatrices } from '../../matrices.ts';
import { type Context, defineRoute, defineStream, none } from '../route.ts';
import { ReportFormat, reportTypes, sendReport } from '../sendReport.ts';
import { linkNow } from './campaigns.ts';

const params = z.strictObject({
  matrixId: z.string().regex(/^[0-9a-f]{24}$/),
});

/** One upper notice against many lower ones: begun by a request, followed by others until it is done. */
export function matrixRoutes() {
  let opened: Matrices | undefined;
  const matricesOf = ({ library, config, log }: Context) => {
    opened ??= openMatrices(library, config, log);
    return opened;
  };
  return [
    defineRoute({
      method: 'post',
      path: '/api/matrices',
      operationId: 'beginMatrix',
      summary: 'Begin to compare one upper notice with many lower ones; the same again finds what is there.',
      params: none,
      query: none,
      body: NewMatrix,
      status: 202,
      response: Matrix,
      async handle({ body, context }) {
        if (body.campaign !== undefined) await linkNow(context);
        return matricesOf(context).begin(body);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/matrices/{matrixId}',
      operationId: 'getMatrix',
      summary: 'How far it is, and the matrix when it is done.',
      params,
      query: none,
      body: none,
      response: Matrix,
      handle: async ({ params: { matrixId }, context }) => matricesOf(context).find(matrixId),
    }),
    defineStream({
      method: 'get',
      path: '/api/matrices/{matrixId}/report',
      operationId: 'downloadMatrix',
      summary: 'The matrix with what it rests on as a workbook, a document or a page.',
      params,
      query: z.strictObject({ format: ReportFormat.default('xlsx') }),
      body: none,
      responseType: reportTypes.xlsx,
      async stream({ params: { matrixId }, query, context, response }) {
        const matrix = await matricesOf(context).whole(matrixId);
        const name = matrix.upper.documentNumber ?? matrix.upper.title ?? '公文';
        await sendReport(response, matrixReport(matrix), query.format, `落实矩阵_${name}`);
      },
    }),
  ];
}
